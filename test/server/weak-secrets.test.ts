import { describe, expect, test } from "@jest/globals";
import { weakSecrets } from "../../src/server/weak-secrets.ts";

const good = "0123456789abcdef";
const about = (secret: string) => weakSecrets(new Map([["moc", secret]]));

describe("the secret of a listener", () => {
  test("is well with 16 characters", () => {
    expect(about(good)).toEqual([]);
  });

  test.each([
    ["shorter than 16 characters", good.slice(1), "is shorter than 16 characters"],
    ["short but for the space around it", `${good.slice(1)}\n`, "is shorter than 16 characters"],
    ["ended by a newline", `${good}\n`, "begins or ends with white space"],
    ["begun by a space", ` ${good}`, "begins or ends with white space"],
  ])("is doubted where it is %s, without being told", (_what, secret, doubt) => {
    const doubts = about(secret).join("\n");
    expect(doubts).toContain(`moc: the secret of its EventListener ${doubt}`);
    expect(doubts).not.toContain(secret.trim());
  });

  test("of several is doubted by itself", () => {
    const doubts = weakSecrets(
      new Map([
        ["moc", good],
        ["trials of moc", "short"],
      ]),
    );
    expect(doubts).toEqual([expect.stringMatching(/^trials of moc: /)]);
  });
});
