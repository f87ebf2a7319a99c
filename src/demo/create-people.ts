import { join } from "node:path";
import { createPerson, type Person } from "./person.ts";
import { people, type Login } from "./people.ts";
import type { World } from "./start-world.ts";

/** The four people of the story, each with their own hands on this world. */
export function createPeople(world: World): Readonly<Record<Login, Person>> {
  const directory = join(world.directory, "people");
  const person = (login: Login): Person => createPerson(world.sandbox, login, directory);
  const [casey, maya, noor, omar] = people;
  return {
    casey: person(casey.login),
    maya: person(maya.login),
    noor: person(noor.login),
    omar: person(omar.login),
  };
}
