import type { MyTenant } from "@manydesk/kit/api/agent";

export function Triggers({ tenant }: { tenant: MyTenant }) {
  return <p>{tenant.name}</p>;
}
