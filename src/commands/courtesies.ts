/** What people say to a bot that is no command, in either language; answered rather than refused. */
const GREETINGS: readonly string[] = ["hi", "hello", "hey", "good morning", "bonjour", "salut", "coucou", "bonsoir"];
const THANKS: readonly string[] = ["thanks", "thank you", "thx", "many thanks", "merci", "merci beaucoup", "merci bien"];

/** Whether a whole line greets or thanks; null where it does neither, or holds anything else. */
export function courtesyIn(line: string): "greeting" | "thanks" | null {
  const said = line
    .toLowerCase()
    .replaceAll(/[!.,\s]+/g, " ")
    .trim();
  if (GREETINGS.includes(said)) return "greeting";
  return THANKS.includes(said) ? "thanks" : null;
}
