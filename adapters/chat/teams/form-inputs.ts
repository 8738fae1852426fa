import type { IChoice, IChoiceSetInput, IDateInput, INumberInput, ITextInput, ITimeInput, IToggleInput } from "@microsoft/teams.cards";
import type { Choice, Field } from "../../../src/ports/form.ts";
import { showable } from "../shared/shown.ts";
import { inputName, isMany, writeMany } from "./form-values.ts";

export type Input = IChoiceSetInput | IDateInput | INumberInput | ITextInput | ITimeInput | IToggleInput;

export interface Filling {
  /** What stands in the field. */
  readonly values: readonly string[];
  /** What may be chosen where the client asks for nothing while the reader types; for people, nothing means that they are typed. */
  readonly choices: readonly Choice[];
  /** What is said by the client where it has to be filled in and is not. */
  readonly missing?: string;
}

/** A list that is longer is searched by typing. */
const SEARCHED = 8;
/** Longer ones may hold what a client rounds. */
const DIGITS = /^(0|[1-9]\d{0,14})$/;

/** The input of a field. A value that its own kind cannot hold is typed: nothing is lost, and the answer says what is wrong with it. */
export function inputOf(field: Field, { values, choices, missing }: Filling): Input {
  const { kind, label, required } = field;
  const [first = ""] = values;
  const many = isMany(kind);
  const common = { id: inputName(field), label, ...(required ? { isRequired: true, errorMessage: missing ?? label } : {}) };
  const typed = (more: Pick<ITextInput, "maxLength" | "isMultiline"> = {}): ITextInput => ({
    type: "Input.Text",
    ...common,
    ...(first === "" ? {} : { value: values.join(many ? ", " : " ") }),
    ...(/\n/.test(first) ? { isMultiline: true } : {}),
    ...more,
  });
  switch (kind.type) {
    case "text":
      return typed({ maxLength: Math.max(kind.longest, first.length), ...(kind.lines ? { isMultiline: true } : {}) });
    case "day":
      if (first !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(first)) return typed();
      return { type: "Input.Date", ...common, ...(first === "" ? {} : { value: first }) };
    case "time":
      if (first !== "" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(first)) return typed();
      return { type: "Input.Time", ...common, ...(first === "" ? {} : { value: first }) };
    case "number":
      // A client may show and send an amount otherwise than it was typed (0.10, a comma, twenty digits).
      if (kind.decimals || (first !== "" && !DIGITS.test(first))) return typed();
      return { type: "Input.Number", ...common, ...(first === "" ? {} : { value: Number(first) }) };
    case "flag":
      return {
        type: "Input.Toggle",
        id: common.id,
        title: label,
        valueOn: "yes",
        valueOff: "no",
        wrap: true,
        value: first === "yes" ? "yes" : "no",
      };
    case "choice":
      return kind.options.length === 0 ? typed() : chosen(kind.options, kind.options.length > SEARCHED);
    case "lookup":
      return {
        ...chosen([...kind.shown, ...choices], true),
        "choices.data": { type: "Data.Query", dataset: many ? `${kind.of}/many` : kind.of },
      };
    case "person":
      if (choices.length === 0) return typed();
      return { ...chosen(choices, true), "choices.data": { type: "Data.Query", dataset: "people" } };
    // A bot is told of no conversation but those that it is in, and not by name.
    case "place":
      return typed();
  }

  function chosen(options: readonly Choice[], isSearched: boolean): IChoiceSetInput {
    const all = [...options, ...values.map((value) => ({ value, label: value }))].filter(({ value }) => value !== "");
    const once = [...new Map(all.toReversed().map((choice) => [choice.value, choice])).values()].toReversed();
    // A list from which something was chosen cannot be emptied again otherwise.
    const nothing: readonly IChoice[] = required || many || isSearched ? [] : [{ title: "–", value: "" }];
    const value = many ? writeMany(values) : first;
    return {
      type: "Input.ChoiceSet",
      ...common,
      style: isSearched ? "filtered" : "compact",
      ...(many ? { isMultiSelect: true } : {}),
      wrap: true,
      ...(value === "" ? {} : { value }),
      choices: [...nothing, ...once.map((choice) => choiceOf(choice, many))],
    };
  }
}

/** A choice as Teams lists it; of several, each is written so that a comma stands between two only. */
export function choiceOf({ value, label, detail = "" }: Choice, isMany: boolean): Required<Pick<IChoice, "title" | "value">> {
  const title = showable(label || value);
  return { title: detail === "" ? title : `${title} · ${showable(detail)}`, value: isMany ? writeMany([value]) : value };
}
