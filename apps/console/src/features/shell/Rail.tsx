import { Icon } from "@manydesk/kit/ui/Icon";
import { Mark } from "@manydesk/kit/ui/Mark";
import { Tooltip } from "@manydesk/kit/ui/Tooltip";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link, useLocation } from "@tanstack/react-router";
import { Inbox, PhoneCall, Search, SlidersHorizontal, Split } from "lucide-react";
import { dispatchedBy, inOrder } from "../../parts/tenants.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSession } from "../../parts/useSession.ts";
import css from "./Layout.module.css";
import { MeMenu } from "./MeMenu.tsx";
import words from "./words.json";

/** The first column: what the product has, one press away. */
export function Rail({ tenant }: { tenant?: string }) {
  const t = useWords(words);
  const session = useSession();
  const openPalette = useWindow((window) => window.setPalette);
  // A ticket is part of the queue's work: its place in the rail is the same.
  const working = useLocation({ select: ({ pathname }) => pathname === "/q" || pathname.includes("/tickets/") });
  const setting = useLocation({ select: ({ pathname }) => pathname.includes("/settings/") });
  const settings = tenant ?? inOrder(session.tenants)[0]?.slug;
  const dispatched = dispatchedBy(session.tenants, tenant);
  return (
    <nav className={css.rail} aria-label={t("rail")}>
      <Link to="/q" className={css.mark} aria-label="Manydesk" activeProps={{ "aria-current": undefined }}>
        <Mark size={20} />
      </Link>
      <Tooltip text={t("queue")} keys="KeyG KeyQ">
        <Link to="/q" className={css.item} aria-label={t("queue")} aria-current={working ? "page" : undefined} activeProps={{}}>
          <Icon of={Inbox} size={20} />
        </Link>
      </Tooltip>
      <Tooltip text={t("newTicket")} keys="KeyC">
        <Link to="/new" search={tenant ? { tenant } : {}} className={css.item} aria-label={t("newTicket")}>
          <Icon of={PhoneCall} size={20} />
        </Link>
      </Tooltip>
      <Tooltip text={t("search")} keys="Slash">
        <button type="button" className={css.item} aria-label={t("search")} onClick={() => openPalette(true)}>
          <Icon of={Search} size={20} />
        </button>
      </Tooltip>
      {dispatched && (
        <Tooltip text={t("distribution")} keys="KeyG KeyR">
          <Link to="/t/$tenant/distribution" params={{ tenant: dispatched }} className={css.item} aria-label={t("distribution")}>
            <Icon of={Split} size={20} />
          </Link>
        </Tooltip>
      )}
      <span className={css.push} />
      {settings && (
        <Tooltip text={t("settings")} keys="KeyG KeyS">
          <Link
            to="/t/$tenant/settings/$section"
            params={{ tenant: settings, section: "members" }}
            className={css.item}
            aria-label={t("settings")}
            aria-current={setting ? "page" : undefined}
            activeProps={{}}
          >
            <Icon of={SlidersHorizontal} size={20} />
          </Link>
        </Tooltip>
      )}
      <MeMenu />
    </nav>
  );
}
