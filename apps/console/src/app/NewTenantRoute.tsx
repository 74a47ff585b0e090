export function NewTenantRoute() {
  return null;
}
