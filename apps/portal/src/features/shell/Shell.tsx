import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Building2, ChevronLeft, House, LayoutList, type LucideIcon, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { initials } from "../../parts/initials.ts";
import { Languages } from "../../parts/Languages.tsx";
import { Logo } from "../../parts/Logo.tsx";
import { useMe, useSite } from "../../parts/portal.ts";
import css from "./Shell.module.css";
import words from "./words.json";

interface Place {
  href: string;
  name: string;
  icon: LucideIcon;
  here: boolean;
}

/** What stands around every page: the header with the tenant, the language and the person, the bar of a phone. */
export function Shell({ company, notice, children }: { company: boolean; notice: ReactNode; children: ReactNode }) {
  const t = useWords(words);
  const [path] = useLocation();
  const { tenant } = useSite();
  const me = useMe();
  const places: Place[] = [
    { href: "/", name: t("home"), icon: House, here: path === "/" },
    { href: "/requests", name: t("requests"), icon: LayoutList, here: path.startsWith("/requests") },
    ...(company ? [{ href: "/company", name: t("company"), icon: Building2, here: path === "/company" }] : []),
  ];
  const profile = { href: "/me", name: t("profile"), icon: UserRound, here: path === "/me" };
  const back = path.startsWith("/requests/")
    ? { href: "/requests", name: t("mine") }
    : path === "/new"
      ? { href: "/", name: t("newRequest") }
      : null;
  return (
    <>
      <a className="skip" href="#content">
        {t("content")}
      </a>
      <header className={css.top}>
        <div>
          {back && (
            <Link href={back.href} className={css.back}>
              <Icon of={ChevronLeft} size={24} />
              {back.name}
            </Link>
          )}
          <Link href="/" className={back ? `${css.logo} ${css.later}` : css.logo}>
            <Logo tenant={tenant} />
          </Link>
          <nav className={css.nav} aria-label={t("sections")}>
            {places.map((place) => (
              <Link key={place.href} href={place.href} aria-current={place.here ? "page" : undefined}>
                {place.name}
              </Link>
            ))}
          </nav>
          <Languages />
          <Link href="/me" className={back ? `${css.me} ${css.later}` : css.me} aria-current={profile.here ? "page" : undefined}>
            <span className={css.face} aria-hidden="true">
              {initials(me.name || me.email)}
            </span>
            <span className="vh">{t("profileOf", { name: me.name || me.email })}</span>
          </Link>
        </div>
      </header>
      <div role="status">
        {tenant.state !== "active" && <p className={css.closed}>{t(tenant.state === "suspended" ? "suspended" : "readOnly")}</p>}
      </div>
      {notice}
      {children}
      <nav className={css.bar} aria-label={t("menu")}>
        {[...places, profile].map((place) => (
          <Link key={place.href} href={place.href} aria-current={place.here ? "page" : undefined}>
            <Icon of={place.icon} size={24} />
            <span>{place.name}</span>
          </Link>
        ))}
      </nav>
    </>
  );
}
