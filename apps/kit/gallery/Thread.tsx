import { ChevronDown, Mail, Route } from "lucide-react";
import { useState } from "react";
import type { Uploads } from "../src/api/useUploads.ts";
import { tenantProps } from "../src/look/tenant.ts";
import { Button, IconButton } from "../src/ui/Button.tsx";
import { Composer, type ComposerMode } from "../src/ui/Composer.tsx";
import { EventLine, MessageBubble, ThreadDivider } from "../src/ui/Message.tsx";
import { Select } from "../src/ui/Select.tsx";
import { StatusRing } from "../src/ui/Status.tsx";
import { useWords } from "../src/words/useWords.ts";
import { Part } from "./Part.tsx";
import words from "./words.json";
import { acme, inMinutes, ivan, maria, oleg } from "./world.ts";

const files = [{ id: "1", name: "kkt-20261123.log", mime: "text/plain", size: 86_000, url: "/files/1" }];
const none = (): void => {};

/** Files that stand still at three points of their way. */
export const uploads: Uploads = {
  items: [
    { key: "1", id: "u1", name: "Экран контроллера.jpg", size: 1_800_000, mime: "image/jpeg", state: "done", progress: 1 },
    { key: "2", name: "Щиток корпуса 2.jpg", size: 3_400_000, mime: "image/jpeg", state: "sending", progress: 0.62 },
  ],
  add: none,
  remove: none,
  retry: none,
  clear: none,
  ids: ["u1"],
  busy: true,
};

export function Thread() {
  const t = useWords(words);
  const [mode, setMode] = useState<ComposerMode>("reply");
  const [texts, setTexts] = useState({
    reply: "Иван, спасибо, лог получили. Причина найдена: прошивка 5.8 обрезает длинные чеки. Сейчас удалённо вернём версию 5.7.",
    note: "Откатываю на 5.7 в 12:26. Если не поможет — звони дежурному.",
  });
  return (
    <Part name={t("thread")}>
      <div {...tenantProps(acme)}>
        <EventLine at={inMinutes(-280)} icon={Route}>
          {t("routed")}
        </EventLine>
        <MessageBubble
          kind="reply"
          me
          author={maria}
          about={t("fromLook")}
          channel={Mail}
          state={t("delivered")}
          at={inMinutes(-200)}
          html="<p>Иван, добрый день! Проверили ленту и датчик — исправны. Пришлите, пожалуйста, лог ККТ.</p>"
        />
        <MessageBubble
          kind="note"
          author={oleg}
          at={inMinutes(-120)}
          html='<p>Похоже на прошивку 5.8: тот же случай в <a href="/refs/ACME-0988">ACME-0988</a>.</p>'
        />
        <ThreadDivider>{t("sinceLast")}</ThreadDivider>
        <MessageBubble
          kind="client"
          author={ivan}
          channel={Mail}
          at={inMinutes(-10)}
          text="Лог во вложении. Короткие чеки печатает, длинные — пустые."
          quoted="> Иван, добрый день!"
          files={files}
        />
        <MessageBubble
          kind="reply"
          author={maria}
          me
          about={t("fromLook")}
          state={t("failed")}
          bad
          at={inMinutes(-5)}
          text="Спасибо!"
          actions={<Button size="xs">{t("answer")}</Button>}
        />
      </div>
      <Composer
        tenant={acme}
        mode={mode}
        onMode={setMode}
        from={{ name: "ACME", address: "support@acme.example" }}
        to={{ name: "Иван Петров", address: "i.petrov@tc-yug.example" }}
        value={texts[mode]}
        onChange={(text) => setTexts({ ...texts, [mode]: text })}
        onSend={none}
        uploads={{ ...uploads, items: [], busy: false }}
        draft={{ state: "kept", at: Date.parse(inMinutes(-1)) }}
        tools={
          <Button kind="ghost" keys="Semicolon">
            {t("template")}
          </Button>
        }
        after={
          <Select
            look="ghost"
            aria-label={t("after")}
            value="in_progress"
            onChange={none}
            options={[{ value: "in_progress", label: t("inProgress"), mark: <StatusRing category="in_progress" /> }]}
          />
        }
        more={<IconButton kind="primary" icon={ChevronDown} label={t("after")} />}
      />
    </Part>
  );
}
