import * as z from "zod";

/** An address of http or https. Comments and pages may quote it, so that no credentials may be in it. */
export const webAddress = z.string().refine(isWebAddress, {
  error:
    "is an address such as https://okd.example.org: of http or https, without user and password",
});

function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}
