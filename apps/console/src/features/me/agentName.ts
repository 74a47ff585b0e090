const browsers: [RegExp, string][] = [
  [/Edg\/(\d+)/, "Edge"],
  [/YaBrowser\/(\d+)/, "Yandex Browser"],
  [/Firefox\/(\d+)/, "Firefox"],
  [/(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/Version\/(\d+).*Safari/, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** «Chrome 156, Linux» from what a browser says of itself; anything else as it is. */
export function agentName(agent: string): string {
  const browser = browsers.find(([known]) => known.test(agent));
  if (!browser) return agent;
  const [known, name] = browser;
  const version = known.exec(agent)?.[1] ?? "";
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  return [`${name} ${version}`.trim(), system].filter(Boolean).join(", ");
}
