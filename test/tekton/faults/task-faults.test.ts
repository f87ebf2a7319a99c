import { describe, expect, test } from "@jest/globals";
import { foundIn, taskWith } from "./found-in.ts";
import { wrongTasks } from "./task-cases.ts";

describe("the faults of a Task", () => {
  test.each(wrongTasks)("%s", (_, spec, ...expected) => {
    expect(foundIn(taskWith(spec))).toEqual(expected);
  });
});
