import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { type FormEvent, type ReactNode, useId } from "react";
import css from "./Settings.module.css";

interface Props {
  title: string;
  /** The verb of the main button. */
  action: string;
  busy: boolean;
  /** What was refused: shown above the fields, unless it belongs to some of them. */
  error?: unknown;
  /** Buttons before the main one. */
  more?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a window: Enter and the main button send it, a refusal that names no field stands above. */
export function FormDialog({ title, action, busy, error, more, onSubmit, onClose, children }: Props) {
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const whole = error && !(isProblem(error) && error.errors.length > 0);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          {more}
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form id={id} className={css.form} onSubmit={submit}>
        {whole ? <ErrorCard error={error} /> : null}
        {children}
      </form>
    </Dialog>
  );
}
