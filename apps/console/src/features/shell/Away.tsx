import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { useWindow } from "../../parts/ui.ts";
import { useAvailability } from "./useAvailability.ts";
import words from "./words.json";

/** Says on every page that the person is away, with the way back. Nothing while they are here. */
export function AwayBanner() {
  const t = useWords(words);
  const f = useFormats();
  const { until, comeBack } = useAvailability();
  if (!until) return null;
  return (
    <Banner
      kind="info"
      flat
      live="status"
      actions={
        <Button size="xs" onClick={comeBack}>
          {t("away.back")}
        </Button>
      }
    >
      {t("away.now", { at: f.recent(until) })}
    </Banner>
  );
}

/** Asks until when, and tells before it is said what will happen with the person's tickets. */
export function AwayDialog() {
  const { leaving, setLeaving } = useWindow();
  return leaving ? <Asking onClose={() => setLeaving(false)} /> : null;
}

function Asking({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const availability = useAvailability();
  const [until, setUntil] = useState(availability.until ?? "");
  const [tried, setTried] = useState(false);
  const late = !(Date.parse(until) > Date.now());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (late) return;
    onClose();
    availability.leave(until);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("away.title")}
      actions={
        <Button kind="primary" type="submit" form={id}>
          {t("away.do")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} noValidate style={{ display: "grid", gap: 16 }}>
        <Field label={t("away.until")} error={tried && late ? t(until ? "away.past" : "away.need") : undefined} required>
          <DateTimeField value={until} onChange={setUntil} />
        </Field>
        <p className="muted s13">{t("away.what")}</p>
      </form>
    </Dialog>
  );
}
