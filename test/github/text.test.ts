import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cutUtf8, fence, neutralise, redact } from "../../src/github/text.ts";

const z = "\u200b";

describe("neutralising others' text", () => {
  test.each([
    ["@ada please", `@${z}ada please`],
    ["cc @okd-project/release", `cc @${z}okd-project/release`],
    ["fixes #12", `fixes #${z}12`],
    ["okd-project/okd#12", `okd-project/okd#${z}12`],
    ["GH-12 and gh-3", `GH-${z}12 and gh-${z}3`],
    ["https://github.com/o/r/issues/1", `https://github.com/o/r/issues/${z}1`],
    ["https://github.com/o/r/pull/1", `https://github.com/o/r/pull/${z}1`],
    ["<!-- okd-streams:review -->", `<${z}!-- okd-streams:review -->`],
    ["</details><img src=x>", `<${z}/details><${z}img src=x>`],
    ["[a](//b) ![c](d) [e][f]", `[a]${z}(//b) ![c]${z}(d) [e]${z}[f]`],
    ["1 < 2, a@ b, # title, 50%", "1 < 2, a@ b, # title, 50%"],
  ])("%j", (text, neutral) => {
    expect(neutralise(text)).toBe(neutral);
  });

  test("leaves nothing that GitHub would act on, reads the same, and changes nothing twice", () => {
    const parts = fc.array(
      fc.constantFrom("@", "#", "<", "!--", "a", "1", "GH-", "/issues/", "/", " ", z),
    );
    fc.assert(
      fc.property(parts, (list) => {
        const text = list.join("");
        const neutral = neutralise(text);
        expect(neutral).not.toMatch(/@[A-Za-z0-9]|#\d|GH-\d|\/issues\/\d|<[!/A-Za-z]/i);
        expect(neutral.replaceAll(z, "")).toBe(text.replaceAll(z, ""));
        expect(neutralise(neutral)).toBe(neutral);
      }),
    );
  });
});

describe("a fence", () => {
  test("is longer than every run of backticks inside", () => {
    expect(fence("plain")).toBe("```\nplain\n```");
    expect(fence("a\n```\nb\n", "yaml")).toBe("````yaml\na\n```\nb\n````");
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "\n", "x")), (list) => {
        const text = list.join("");
        const mark = /^`+/.exec(fence(text))?.[0] ?? "";
        expect(text).not.toContain(mark);
      }),
    );
  });
});

describe("cutting to bytes", () => {
  test("keeps what fits", () => {
    expect(cutUtf8("größe", 7)).toBe("größe");
  });

  test("cuts between characters", () => {
    expect(cutUtf8("größe", 6, "")).toBe("größ");
    expect(cutUtf8("größe", 5, "")).toBe("grö");
    expect(cutUtf8("😀😀", 7, "")).toBe("😀");
    expect(cutUtf8("abcdefgh", 6)).toBe("abc…");
  });

  test("never goes over the limit nor breaks a character", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 40 }), (text, limit) => {
        const whole = Buffer.from(text).toString("utf8");
        const cut = cutUtf8(text, limit, "");
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
        expect(whole.startsWith(cut)).toBe(true);
      }),
    );
  });
});

describe("redacting", () => {
  test("takes the longest first, so that no rest stays behind", () => {
    expect(redact("token ghs_abc_long and ghs_abc", ["ghs_abc", "ghs_abc_long", ""])).toBe(
      "token *** and ***",
    );
  });

  test("leaves no secret in any text", () => {
    const secret = fc.string({ minLength: 4 }).filter((text) => !text.includes("*"));
    fc.assert(
      fc.property(fc.array(secret), fc.array(fc.string()), (secrets, parts) => {
        const text = parts.flatMap((part, index) => [part, secrets[index] ?? ""]).join("|");
        const clean = redact(text, secrets);
        for (const known of secrets) expect(clean).not.toContain(known);
      }),
    );
  });
});
