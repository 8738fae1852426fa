import { stringify } from "yaml";

/** Names whose conversations are shown; ids as Teams writes them, since it is by their form that a channel is told from a chat. */
const NAMES = ["Alex Wilber", "Megan Bowen", "Adele Vance", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins"] as const;

/** The playground's own configuration file, .m365agentsplayground.yml: it wants one person, five more, and one team. */
export function playgroundConfig(): string {
  const [currentUser, ...users] = NAMES.map(person);
  return stringify({
    version: "0.1.1",
    tenantId: "7b0c3f52-0000-4000-8000-000000000001",
    bot: { id: "28:7b0c3f52-0000-4000-8000-000000000011", name: "Curewatch" },
    currentUser,
    users,
    personalChat: { id: "a:1alex-and-curewatch" },
    groupChat: { id: "19:counsel@thread.v2", name: "Counsel" },
    team: {
      id: "19:general@thread.tacv2",
      name: "Enforcement",
      aadGroupId: "7b0c3f52-0000-4000-8000-000000000031",
      channels: [{ id: "19:france@thread.tacv2", name: "France" }],
    },
  });
}

function person(name: string, index: number): object {
  const [givenName = "", surname = ""] = name.split(" ");
  const email = `${givenName}.${surname}@example.com`.toLowerCase();
  // So spelt by the playground.
  const userPrincipleName = email;
  return {
    id: `29:person-${index}`,
    name,
    userPrincipleName,
    aadObjectId: `7b0c3f52-0000-4000-8000-00000000002${index}`,
    givenName,
    surname,
    email,
  };
}
