import type { MyTenant } from "@manydesk/kit/api/agent";
import type { Distribution, Loaded } from "@manydesk/kit/api/route";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { tenantProps } from "@manydesk/kit/look/tenant";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Lock, Scale } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import { loadQuery } from "../../parts/routing.ts";
import { inOrder } from "../../parts/tenants.ts";
import { useSession } from "../../parts/useSession.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { type Suggestion, unassignedQuery, useDistribution } from "./calls.ts";
import css from "./Distribution.module.css";
import { HandOver } from "./HandOver.tsx";
import { People } from "./People.tsx";
import { after, meant, nothing, type Picking, reached, stepped, toggled } from "./picking.ts";
import { TicketList } from "./TicketList.tsx";
import words from "./words.json";

const none: readonly Suggestion[] = [];
/** As many as are given or proposed at once. */
const most = 200;

/** The dispatcher's table: tickets that nobody has at the left, people with their load at the right. */
export function DistributionPage({ tenant, onTenant }: { tenant: MyTenant; onTenant: (slug: string) => void }) {
  const t = useWords(words);
  const { tenants } = useSession();
  const dispatched = inOrder(tenants).filter((one) => one.abilities.includes("ticket.assign"));
  useTitle(`${t("title")} · ${tenant.name}`);
  return (
    <main className={css.page} {...tenantProps(tenant)}>
      <header className={css.head}>
        <h1>{t("title")}</h1>
        <Select
          look="button"
          size="sm"
          aria-label={t("tenant")}
          value={tenant.slug}
          onChange={onTenant}
          options={dispatched.map((one) => ({ value: one.slug, label: one.name, hint: one.code, mark: <TenantTile tenant={one} /> }))}
        />
      </header>
      {tenant.abilities.includes("ticket.assign") ? (
        <Table key={tenant.slug} tenant={tenant} />
      ) : (
        <EmptyState icon={Lock} title={t("denied")}>
          {t("denied.text", { name: tenant.name })}
        </EmptyState>
      )}
    </main>
  );
}

function Table({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const sentence = useSentence();
  const go = useNavigate();
  const { slug } = tenant;
  const [group, setGroup] = useState("");
  const tickets = useInfiniteQuery(unassignedQuery(slug, group));
  const load = useQuery(loadQuery(slug));
  const { suggest, give } = useDistribution(slug);
  const [state, setState] = useState<Picking>(nothing);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const [leaving, setLeaving] = useState<Loaded | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const people = useRef<HTMLDivElement>(null);
  const all = useMemo(() => tickets.data?.pages.flatMap((page) => page.items) ?? [], [tickets.data]);
  const rows = all.filter((row) => !gone.has(row.ref));
  const keys = rows.map((row) => row.ref);
  const chosen = meant(state, keys);
  const suggested = (suggest.data ?? none).filter((one) => keys.includes(one.ref));
  const proposed = new Map(suggested.map((one) => [one.ref, one]));
  const able = load.data?.items ?? [];

  const focusRow = (ref: string | null) =>
    requestAnimationFrame(() => ref && list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(ref)}"]`)?.focus());
  const move = (by: number, extend: boolean) => {
    const next = stepped(state, keys, by, extend);
    setState(next);
    focusRow(next.cursor);
  };

  /** Gives tickets out; those that were refused stay where they are, with the reason said once. */
  const hand = async (items: { ref: string; person: string }[], text: (n: number) => string) => {
    const refs = items.map((one) => one.ref);
    const hide = (hidden: readonly string[]) => setGone((old) => new Set([...old, ...hidden]));
    const show = (shown: readonly string[]) => setGone((old) => new Set([...old].filter((ref) => !shown.includes(ref))));
    const next = after(state, keys, refs);
    hide(refs);
    setState(next);
    focusRow(next.cursor);
    try {
      const answer = await give.mutateAsync({ items, reason: reason.trim() || undefined });
      const failed = refusedOf(answer);
      const given = refs.filter((ref) => !failed.some((one) => one.ref === ref));
      suggest.reset();
      setReason("");
      show(refs);
      if (failed.length > 0) {
        const why = failed[0]?.problem?.detail ?? failed[0]?.problem?.code ?? "";
        toast({ text: t("partly", { n: given.length, all: refs.length, why }), kind: "bad", key: "give" });
      } else toast({ text: text(given.length), key: "give", undo: { run: () => void takeBack(given) } });
    } catch (error) {
      show(refs);
      toast({ text: sentence(error), kind: "bad", key: "give" });
    }
  };
  const takeBack = async (refs: string[]) => {
    try {
      await give.mutateAsync({ items: refs.map((ref) => ({ ref, person: null })) });
      toast({ text: t("undone"), key: "give" });
    } catch (error) {
      toast({ text: sentence(error), kind: "bad", key: "give" });
    }
  };
  const giveTo = (person: Loaded, refs = chosen) => {
    if (refs.length === 0) return void toast({ text: t("chooseFirst"), key: "give" });
    const items = refs.map((ref) => ({ ref, person: person.person.id }));
    const { name } = person.person;
    // More than they take at once is given all the same, and said.
    const text = (n: number) => {
      const after = person.tickets + n;
      return after > person.capacity ? t("gaveOver", { n, name, after, most: person.capacity }) : t("gave", { n, name });
    };
    void hand(items, text);
  };
  const propose = () => {
    const refs = (state.picked.size > 0 ? chosen : keys).slice(0, most);
    if (refs.length === 0) return;
    suggest.mutate(refs, { onError: (error) => void toast({ text: sentence(error), kind: "bad", key: "give" }) });
  };
  const apply = () => {
    const items = suggested.flatMap((one) => (one.person ? [{ ref: one.ref, person: one.person.id }] : []));
    if (items.length > 0) void hand(items, (n) => t("gaveOut", { n }));
  };
  const clear = () => {
    if (suggest.data) suggest.reset();
    else setState({ ...state, picked: new Set() });
  };
  const onDuty = able.filter(isThere);
  useKeys(t("title"), [
    { id: "give.down", keys: "KeyJ", label: t("key.down"), run: () => move(1, false) },
    { id: "give.up", keys: "KeyK", label: t("key.up"), run: () => move(-1, false) },
    { id: "give.selectDown", keys: "Shift+KeyJ", label: t("key.selectDown"), run: () => move(1, true) },
    { id: "give.selectUp", keys: "Shift+KeyK", label: t("key.selectUp"), run: () => move(-1, true) },
    { id: "give.select", keys: "KeyX", label: t("key.select"), run: () => state.cursor && setState(toggled(state, state.cursor)) },
    {
      id: "give.open",
      keys: "KeyO",
      label: t("key.open"),
      run: () => state.cursor && go({ to: "/t/$tenant/tickets/$ref", params: { tenant: slug, ref: state.cursor } }),
    },
    { id: "give.suggest", keys: "KeyS", label: t("suggest"), run: propose },
    { id: "give.apply", keys: "Mod+Enter", label: t("apply"), run: apply, inText: true },
    {
      id: "give.people",
      keys: "KeyA",
      label: t("key.people"),
      run: () => people.current?.querySelector<HTMLElement>("[data-person]")?.focus(),
    },
    { id: "give.clear", keys: "Escape", label: t("clear"), run: clear },
    ...onDuty.slice(0, 9).map((one, index) => ({
      id: `give.${index + 1}`,
      keys: `Digit${index + 1}`,
      label: t("key.give", { name: one.person.name }),
      run: () => giveTo(one),
    })),
  ]);
  if (tickets.isPending) return <Skeleton look="rows" lines={8} />;
  if (tickets.error && !tickets.data) return <Refusal error={tickets.error} onRetry={() => tickets.refetch()} busy={tickets.isFetching} />;
  const groups = load.data?.groups ?? [];
  const unfit = suggested.filter((one) => !one.person).length;
  return (
    <>
      <section className={css.left} aria-label={t("list")}>
        <div className={css.tools}>
          <b>{tickets.hasNextPage ? t("countMore", { n: all.length }) : t("count", { n: rows.length })}</b>
          <Select
            look="button"
            size="sm"
            aria-label={t("group")}
            value={group}
            onChange={setGroup}
            options={[
              { value: "", label: t("group.all") },
              ...groups.map((one) => ({ value: one.key, label: one.name, hint: String(one.unassigned) })),
            ]}
          />
          <span className={css.right}>
            {state.picked.size > 0 && (
              <>
                <span className="muted s13" role="status">
                  {t("selected", { n: chosen.length })}
                </span>
                <Button size="xs" kind="ghost" keys="Escape" onClick={clear}>
                  {t("clear")}
                </Button>
              </>
            )}
            <Button icon={Scale} keys="KeyS" busy={suggest.isPending} disabled={rows.length === 0} onClick={propose}>
              {t("suggest")}
            </Button>
          </span>
        </div>
        {suggest.data && suggested.length > 0 && (
          <div className={css.offer} role="status">
            <span>
              <b>{t("suggested", { n: suggested.length - unfit })}</b> {unfit > 0 && t("suggested.nobody", { n: unfit })}
            </span>
            <div className={css.reason}>
              <Input
                size="sm"
                aria-label={t("reason")}
                placeholder={t("reason")}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <Button onClick={() => suggest.reset()}>{t("drop")}</Button>
            <Button kind="primary" keys="Mod+Enter" busy={give.isPending} disabled={unfit === suggested.length} onClick={apply}>
              {t("apply")}
            </Button>
          </div>
        )}
        <TicketList
          ref={list}
          tenant={slug}
          rows={rows}
          state={state}
          proposed={proposed}
          filtered={group !== ""}
          onCursor={(cursor) => setState((old) => (old.cursor === cursor ? old : { ...old, cursor }))}
          onPick={(key, whole) => setState((old) => (whole ? reached(old, keys, key) : toggled(old, key)))}
          onPickAll={(on) => setState((old) => ({ ...old, picked: new Set(on ? keys : []) }))}
          more={tickets.hasNextPage}
          busy={tickets.isFetchingNextPage}
          onMore={() => void tickets.fetchNextPage()}
        />
      </section>
      <People
        ref={people}
        query={load}
        onDuty={onDuty}
        suggested={suggested}
        giving={chosen.length}
        onGive={giveTo}
        onDropped={(person, ref) => giveTo(person, state.picked.has(ref) ? chosen : [ref])}
        onHandOver={setLeaving}
      />
      {leaving && <HandOver tenant={slug} person={leaving.person} onClose={() => setLeaving(null)} />}
    </>
  );
}

/** Who can be given something now: present, and on shift where shifts are written. */
export function isThere(one: Loaded): boolean {
  return one.absent_until === null && one.on_shift;
}

function refusedOf(answer: Distribution) {
  return answer.items.filter((one) => !one.ok);
}
