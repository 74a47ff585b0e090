import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useNavigate, useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { DistributionPage } from "../features/distribution/DistributionPage.tsx";
import { useMyTenant } from "../parts/useSession.ts";

/** `/t/acme/distribution`: who gets what nobody has. */
export function DistributionRoute() {
  const { tenant: slug } = useParams({ from: "/desk/t/$tenant/distribution" });
  const tenant = useMyTenant(slug);
  const go = useNavigate();
  if (!tenant) return <EmptyState icon={SearchX} title={slug} />;
  return <DistributionPage tenant={tenant} onTenant={(next) => go({ to: "/t/$tenant/distribution", params: { tenant: next } })} />;
}
