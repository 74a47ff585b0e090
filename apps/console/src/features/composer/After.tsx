import type { Ticket } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Menu } from "@manydesk/kit/ui/Menu";
import { StatusLabel, StatusRing } from "@manydesk/kit/ui/Status";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { type Move, MoveForm } from "../../parts/MoveForm.tsx";
import css from "./Composer.module.css";
import words from "./words.json";

/** The status that goes with a reply, with what it asks for. */
export interface StatusAfter extends Move {
  to: string;
}

/** What becomes of the ticket when the reply is sent: left as it is, or moved. */
export function After({
  ticket,
  value,
  onChange,
}: {
  ticket: Ticket;
  value: StatusAfter | null;
  onChange: (value: StatusAfter | null) => void;
}) {
  const t = useWords(words);
  const f = useFormats();
  const [asking, setAsking] = useState<string | null>(null);
  const chosen = ticket.transitions.find(({ to }) => to.key === value?.to);
  const asked = ticket.transitions.find(({ to }) => to.key === asking);
  const choose = (way: Ticket["transitions"][number]) => {
    if (way.comment_required || way.until_required || way.fields_required) setAsking(way.to.key);
    else onChange({ to: way.to.key });
  };
  if (!ticket.abilities.includes("status") || ticket.transitions.length === 0) return null;
  const shown = chosen?.to ?? ticket.status;
  return (
    <>
      <Menu
        align="end"
        button={
          <Button kind="ghost" title={t("after")}>
            <span className={`muted ${css.hide}`}>{t("after.label")}</span>
            <StatusLabel status={shown} />
            {value?.until && <span className={css.until}>{t("until", { at: f.moment(value.until) })}</span>}
            <Icon of={ChevronDown} size={12} />
          </Button>
        }
        items={[
          { label: t("after.keep"), hint: ticket.status.name, checked: value === null, onSelect: () => onChange(null) },
          "line",
          ...ticket.transitions.map((way) => ({
            label: way.to.name,
            mark: <StatusRing category={way.to.category} />,
            checked: way.to.key === value?.to,
            onSelect: () => choose(way),
          })),
        ]}
      />
      {asked && (
        <MoveForm
          to={asked.to}
          needs={{ until: asked.until_required, comment: asked.comment_required }}
          ticket={{ tenant: ticket.tenant, number: ticket.number, type: ticket.type, fields: ticket.type_def.fields }}
          onMove={(move) => onChange({ to: asked.to.key, ...move })}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
