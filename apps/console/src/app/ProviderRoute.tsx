export function ProviderRoute() {
  return null;
}
