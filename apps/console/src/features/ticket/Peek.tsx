import type { Row } from "@manydesk/kit/api/agent";
export function Peek({ row }: { row: Row; onOpen: (mode?: "reply" | "note") => void }) {
  return <div>{row.subject}</div>;
}
