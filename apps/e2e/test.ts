import { randomInt } from "node:crypto";
import { test as bare } from "@playwright/test";

/** An address of nobody's (RFC 2544), another one each time. */
export const anAddress = () => `198.${randomInt(18, 20)}.${randomInt(256)}.${randomInt(256)}`;

/** Tests that come from an address of their own each: sign-ins are counted by address. */
export const test = bare.extend({
  extraHTTPHeaders: async ({ extraHTTPHeaders }, use) => {
    await use({ ...extraHTTPHeaders, "X-Forwarded-For": anAddress() });
  },
});
