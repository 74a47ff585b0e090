import { useNavigate, useParams } from "@tanstack/react-router";
import { SettingsPage } from "../features/settings/SettingsPage.tsx";

export function SettingsRoute() {
  const { tenant, section } = useParams({ from: "/desk/t/$tenant/settings/$section" });
  const go = useNavigate();
  return (
    <SettingsPage
      tenant={tenant}
      section={section}
      onTenant={(next) => go({ to: "/t/$tenant/settings/$section", params: { tenant: next, section } })}
    />
  );
}
