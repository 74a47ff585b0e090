import type { MyTenant } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Play, Plus } from "lucide-react";
import { useState } from "react";
import { tenantPath } from "../../../parts/ask.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refused } from "../drafting/Refused.tsx";
import { Saved, State } from "../drafting/Standing.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { Versions } from "../drafting/Versions.tsx";
import { Loaded } from "../Section.tsx";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { useTold } from "../useTold.ts";
import { routingQuery, trialQuery, useRouting } from "./calls.ts";
import { changed, copied, freshKey, placed, restored, without } from "./edit.ts";
import { LoadBlock } from "./LoadBlock.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import css from "./Routing.module.css";
import { RuleList } from "./RuleList.tsx";
import { ruleLines } from "./say.ts";
import type { Routing as RoutingSetting, Rule, Rules } from "./spec.ts";
import { TrialBlock } from "./TrialBlock.tsx";
import { useRouteNames } from "./useRouteNames.ts";
import { WhyBlock } from "./WhyBlock.tsx";
import words from "./words.json";

/** Ordered rules of where tickets go; what a draft of them would do stands at the right, always. */
export function Routing({ tenant }: { tenant: MyTenant }) {
  const { slug } = tenant;
  const query = useQuery(routingQuery(slug));
  return (
    <Loaded of={query}>
      {query.data && <Editor tenant={slug} routing={query.data} readOnly={!tenant.abilities.includes("settings.edit")} />}
    </Loaded>
  );
}

function Editor({ tenant, routing, readOnly }: { tenant: string; routing: RoutingSetting; readOnly: boolean }) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const changes = useRouting(tenant);
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { save } = changes;
  const draft = useDrafted(routing, { send: (spec, upon) => save.mutateAsync({ spec, upon }), error: save.error });
  const rules = draft.spec.rules ?? [];
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [asking, setAsking] = useState<number | null>(null);
  const saved = routing.draft?.saved_at ?? String(routing.version);
  const trial = useQuery({ ...trialQuery(tenant, saved), enabled: routing.draft !== null });
  const nameOf = (rule: Rule) => nameIn(rule.name, language, rule.key);
  const path = tenantPath(tenant, "routing");
  const sentence = (rule: Rule) => sentenceOf(rule.when, speaker(clockWords, language), clockNames);
  const lines = (spec: Rules) => ruleLines(spec, { t, names, nameOf, when: sentence });
  const set = (next: Rule[]) => draft.change({ rules: next });

  const add = () => {
    const key = freshKey();
    const name = { ru: speaker(words, "ru")("rule.new"), en: speaker(words, "en")("rule.new") };
    set([...rules, { key, name, then: { ...(draft.spec.default?.group && { group: draft.spec.default.group }) }, stop: true }]);
    setOpen(key);
  };
  const archive = (rule: Rule) => {
    const at = rules.indexOf(rule);
    set(without(rules, rule.key));
    if (open === rule.key) setOpen(null);
    const undo = () => draft.edit((spec) => ({ ...spec, rules: restored(spec.rules ?? [], rule, at) }));
    toast({ text: t("archived", { name: nameOf(rule) }), undo: { run: undo }, key: "rule" });
  };
  const shift = (rule: Rule, to: number) => {
    if (to < 0 || to >= rules.length) return;
    set(placed(rules, rule.key, to));
    setSaid(t("moved", { name: nameOf(rule), n: to + 1 }));
  };
  const copy = (rule: Rule) => {
    const key = freshKey();
    set(copied(rules, rule.key, key, (name, shown) => speaker(words, shown)("copyOf", { name })));
    setOpen(key);
  };
  // A new draft is tried by itself; the same one is tried again.
  const run = async () => {
    if ((await draft.settle()) === undefined && routing.draft) await trial.refetch();
  };
  const publish = async () => {
    const kept = await draft.settle();
    const version = kept === undefined ? routing.draft?.version : kept;
    if (version) setAsking(version);
  };
  const dirty = routing.draft !== null || draft.state !== "saved";
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <h2>{t("title")}</h2>
        <span className="muted s13">{t("count", { n: rules.length })}</span>
        <State setting={routing} />
        <Saved state={draft.state} at={draft.savedAt} />
        <span className={css.right}>
          <Versions setting={routing} path={path} readOnly={readOnly} lines={lines} discard={changes.discard} restore={changes.restore} />
          {!readOnly && (
            <>
              <Button kind="ghost" icon={Plus} onClick={add}>
                {t("rule.add")}
              </Button>
              <Button icon={Play} busy={trial.isFetching} disabled={!dirty} onClick={() => void run()}>
                {t("run")}
              </Button>
              {dirty && (
                <Button kind="primary" onClick={() => void publish()}>
                  {t("publish")}
                </Button>
              )}
            </>
          )}
        </span>
      </header>
      <div className={css.editor}>
        <Refused setting={routing} draft={draft} lines={lines} />
        <RuleList
          tenant={tenant}
          routing={routing}
          draft={draft}
          trial={routing.draft ? trial.data : undefined}
          names={names}
          readOnly={readOnly}
          open={open}
          onOpen={setOpen}
          onChange={(key, part) => set(changed(rules, key, part))}
          onPlace={shift}
          onCopy={copy}
          onArchive={archive}
          onAdd={add}
        />
        <div className="vh" role="status">
          {said}
        </div>
      </div>
      <aside className={css.panel} aria-label={t("panel")}>
        <TrialBlock tenant={tenant} routing={routing} rules={rules} trial={trial} />
        {routing.draft && trial.data && <LoadBlock load={trial.data.load} />}
        <WhyBlock tenant={tenant} routing={routing} saved={saved} trial={routing.draft ? trial.data : undefined} />
      </aside>
      {asking !== null && (
        <PublishDialog
          tenant={tenant}
          draft={asking}
          rules={rules}
          trial={trial}
          onLook={(version) => setAsking(version)}
          onPublished={() => {
            setAsking(null);
            told(t("published")).onSuccess();
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
