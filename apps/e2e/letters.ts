import { type Caught, caught, header, mailbox } from "./mail.ts";

/** The letter to this address that brings a link of this kind, and the link's own part of the address. */
export async function letterTo(address: string, place: string): Promise<{ letter: Caught; path: string }> {
  const link = new RegExp(`(/${place}/[\\w.~-]+)`);
  const letter = await caught((l) => mailbox(header(l, "To")) === address && link.test(l.text));
  return { letter, path: link.exec(letter.text)?.[1] ?? "" };
}
