import { createConnection } from "node:net";
import { expect } from "@playwright/test";

/** One letter as a person's mail program would send it. */
export interface Outgoing {
  from: string;
  name: string;
  to: string;
  subject: string;
  text: string;
  id: string;
  inReplyTo?: string;
  references?: string;
  file?: { name: string; type: string; content: string };
}

/** A letter that the product sent, as the mail catcher keeps it. */
export interface Caught {
  mail: { id: number };
  headers: Record<string, string[]>;
  text: string;
  html: string;
  parts: { name: string; type: string; size: number }[];
}

const word = (s: string) => `=?utf-8?B?${Buffer.from(s).toString("base64")}?=`;

/** The raw message: RFC 5322 with a UTF-8 text and, if given, one attachment. */
export function raw(l: Outgoing): string {
  const text = [
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(l.text).toString("base64").replace(/.{76}/g, "$&\r\n"),
  ];
  const head = [
    `From: ${word(l.name)} <${l.from}>`,
    `To: <${l.to}>`,
    `Subject: ${word(l.subject)}`,
    `Message-ID: <${l.id}>`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    ...(l.inReplyTo ? [`In-Reply-To: ${l.inReplyTo}`] : []),
    ...(l.references ? [`References: ${l.references}`] : []),
    "MIME-Version: 1.0",
  ];
  if (!l.file) return [...head, ...text, ""].join("\r\n");
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary="part"',
    "",
    "--part",
    ...text,
    "--part",
    `Content-Type: ${l.file.type}; name="${word(l.file.name)}"`,
    "Content-Transfer-Encoding: base64",
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(l.file.name)}`,
    "",
    Buffer.from(l.file.content).toString("base64").replace(/.{76}/g, "$&\r\n"),
    "--part--",
    "",
  ].join("\r\n");
}

/** Hands a letter to the product's own SMTP door and waits for its 250. */
export async function send(l: Outgoing): Promise<void> {
  const [host, port] = (process.env.MANYDESK_SMTP ?? "127.0.0.1:2525").split(":");
  const socket = createConnection({ host, port: Number(port) });
  socket.setTimeout(20_000, () => socket.destroy(new Error("the mail door does not answer")));
  const replies = lines(socket);
  const say = async (line: string, wanted: string) => {
    if (line) socket.write(`${line}\r\n`);
    for (;;) {
      const { value, done } = await replies.next();
      if (done) throw new Error("the mail door hung up");
      if (!value.startsWith(wanted)) throw new Error(`${line} → ${value}`);
      if (value[3] !== "-") return;
    }
  };
  await say("", "220");
  await say("EHLO client.example", "250");
  await say(`MAIL FROM:<${l.from}>`, "250");
  await say(`RCPT TO:<${l.to}>`, "250");
  await say("DATA", "354");
  await say(`${raw(l).replace(/\r\n\./g, "\r\n..")}\r\n.`, "250");
  socket.end("QUIT\r\n");
}

async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    rest += chunk.toString();
    for (let at = rest.indexOf("\r\n"); at >= 0; at = rest.indexOf("\r\n")) {
      yield rest.slice(0, at);
      rest = rest.slice(at + 2);
    }
  }
}

const catcher = () => process.env.MANYDESK_CATCHER ?? "http://127.0.0.1:8025";

/** Waits for a letter that the product sent and that fits. */
export async function caught(fits: (l: Caught) => boolean): Promise<Caught> {
  let found: Caught | undefined;
  await expect
    .poll(
      async () => {
        const list = (await (await fetch(`${catcher()}/mails.json`)).json()) as { items: { id: number }[] };
        for (const { id } of list.items.slice(0, 40)) {
          const l = (await (await fetch(`${catcher()}/mails/${id}/json`)).json()) as Caught;
          if (fits(l)) {
            found = l;
            return true;
          }
        }
        return false;
      },
      { timeout: 60_000, message: "the letter is sent" },
    )
    .toBe(true);
  if (!found) throw new Error("no letter");
  return found;
}

/** The last letter caught until now. */
export async function newest(): Promise<number> {
  const list = (await (await fetch(`${catcher()}/mails.json`)).json()) as { items: { id: number }[] };
  return Math.max(0, ...list.items.map((m) => m.id));
}

/** A header's value, however its name is written. */
export function header(l: Caught, name: string): string {
  const key = Object.keys(l.headers).find((k) => k.toLowerCase() === name.toLowerCase());
  return key ? (l.headers[key]?.[0] ?? "") : "";
}

/** What stands in the angle brackets of an address header. */
export function mailbox(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.trim();
}
