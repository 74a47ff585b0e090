import type { MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Menu, type MenuEntry } from "@manydesk/kit/ui/Menu";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { StatusLabel, StatusRing } from "@manydesk/kit/ui/Status";
import { TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { ArrowLeft, ChevronDown, Ellipsis, Info, Link2, UserRound, WandSparkles } from "lucide-react";
import { usePresenceOf } from "../../parts/presence.ts";
import { useSession } from "../../parts/useSession.ts";
import css from "./Ticket.module.css";
import type { TicketActions } from "./useTicketActions.tsx";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  tenant: MyTenant;
  actions: TicketActions;
  onBack: () => void;
  onDetails: () => void;
}

const priorities = [1, 2, 3, 4] as const;

/** Whose ticket, which one, about what; who else is here; its state, each a menu. */
export function Header({ ticket, tenant, actions, onBack, onDetails }: Props) {
  const t = useWords(words);
  const priorityName = usePriorityName();
  const { user } = useSession();
  const others = usePresenceOf(ticket.tenant, ticket.ref);
  const may = (what: string): boolean => ticket.abilities.includes(what);
  const closed = ticket.status.category === "closed";
  const rest: MenuEntry[] = [
    { label: t("take"), icon: UserRound, keys: "KeyI", disabled: !may("assign"), onSelect: actions.take },
    { label: t("postpone"), keys: "KeyH", disabled: !may("status"), onSelect: () => actions.ask("postpone") },
    { label: t("macro.apply"), icon: WandSparkles, keys: "Semicolon", disabled: closed, onSelect: () => actions.ask("macro") },
    "line",
    { label: t("rename"), disabled: !may("edit"), onSelect: () => actions.ask("subject") },
    { label: t("fields"), keys: "KeyF", disabled: !may("edit"), onSelect: () => actions.ask("fields") },
    { label: t("exception"), disabled: !may("priority") || closed, onSelect: () => actions.ask("exception") },
    "line",
    { label: actions.following ? t("unfollow") : t("follow"), onSelect: actions.follow },
    { label: t("copyLink"), icon: Link2, keys: "KeyY", onSelect: actions.copyLink },
  ];
  return (
    <header className={css.header}>
      <IconButton icon={ArrowLeft} label={t("back")} keys="KeyU" onClick={onBack} />
      <TenantTile tenant={tenant} />
      <span className={css.code}>{tenant.code}</span>
      <span className={css.num}>{ticket.ref}</span>
      <h1 className="cut">{ticket.subject}</h1>
      <div className={css.right}>
        {others.length > 0 && (
          <span className={css.present}>
            {others.map((one) => (
              <Avatar key={one.person.id} person={one.person} presence={one.state} me={one.person.id === user.id} />
            ))}
          </span>
        )}
        <Menu
          align="end"
          button={
            <Button disabled={!may("status") || ticket.transitions.length === 0} aria-label={`${t("status")}: ${ticket.status.name}`}>
              <StatusLabel status={ticket.status} />
              <Icon of={ChevronDown} size={12} />
            </Button>
          }
          items={ticket.transitions.map(({ to }) => ({
            label: to.name,
            mark: <StatusRing category={to.category} />,
            onSelect: () => actions.moveTo(to.key),
          }))}
        />
        <Menu
          align="end"
          button={
            <Button disabled={!may("priority")} title={t("priority")}>
              <PriorityBars priority={ticket.priority} />
              <Icon of={ChevronDown} size={12} />
            </Button>
          }
          items={priorities.map((priority) => ({
            label: priorityName(priority),
            mark: <PriorityBars priority={priority} wordless />,
            checked: priority === ticket.priority,
            onSelect: () => actions.prioritise(priority),
          }))}
        />
        <Button
          icon={UserRound}
          disabled={!may("assign")}
          onClick={() => actions.ask("assignee")}
          aria-label={`${t("assignee")}: ${ticket.assignee?.name ?? t("nobody")}`}
        >
          <span className={css.hide}>{ticket.assignee?.name ?? t("nobody")}</span>
        </Button>
        {actions.canResolve && (
          <>
            <span className={`${css.bar} ${css.hide}`} />
            <span className={css.hide}>
              <Button keys="KeyE" onClick={actions.resolve}>
                {t("resolve")}
              </Button>
            </span>
          </>
        )}
        <span className={css.toggle}>
          <IconButton icon={Info} label={t("details")} onClick={onDetails} />
        </span>
        <Menu align="end" button={<IconButton icon={Ellipsis} label={t("actions")} keys="Period" id="ticket-actions" />} items={rest} />
      </div>
    </header>
  );
}
