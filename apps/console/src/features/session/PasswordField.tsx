import { IconButton } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import words from "./words.json";

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** A new one is being chosen: other autofill, a hint on length. */
  fresh?: boolean;
  error?: string;
  aside?: ReactNode;
}

export const shortest = 10;

export function PasswordField({ value, onChange, fresh, error, aside }: Props) {
  const t = useWords(words);
  const [seen, setSeen] = useState(false);
  return (
    <Field label={fresh ? t("password.new") : t("password")} hint={fresh && t("password.hint")} error={error} aside={aside} required>
      <Input
        type={seen ? "text" : "password"}
        name="password"
        autoComplete={fresh ? "new-password" : "current-password"}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        required
        end={
          <IconButton
            size="xs"
            icon={seen ? EyeOff : Eye}
            label={seen ? t("password.hide") : t("password.show")}
            onClick={() => setSeen(!seen)}
          />
        }
      />
    </Field>
  );
}
