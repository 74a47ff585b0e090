import type { Ticket } from "@manydesk/kit/api/agent";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { useWords } from "@manydesk/kit/words/useWords";
import { History, MapPinCheck, Pencil } from "lucide-react";
import { useState } from "react";
import { ArrivalForm } from "./ArrivalForm.tsx";
import { useArrived } from "./useArrived.ts";
import words from "./words.json";

/** Says that somebody came to the client's place: now by one key, or at another time; what was said can be corrected. */
export function Arrived({ ticket, met }: { ticket: Ticket; met: string | null }) {
  const t = useWords(words);
  const { say, busy } = useArrived(ticket, met);
  const [asking, setAsking] = useState(false);
  if (!ticket.abilities.includes("status") || ticket.status.category === "closed") return null;
  const ask = () => setAsking(true);
  return (
    <>
      {met ? (
        <IconButton size="xs" icon={Pencil} label={t("arrived.correct")} onClick={ask} />
      ) : (
        <>
          <Button size="xs" icon={MapPinCheck} busy={busy} onClick={() => void say({})}>
            {t("arrived")}
          </Button>
          <IconButton size="xs" icon={History} label={t("arrived.earlier")} onClick={ask} />
        </>
      )}
      {asking && <ArrivalForm ticket={ticket} met={met} onClose={() => setAsking(false)} />}
    </>
  );
}
