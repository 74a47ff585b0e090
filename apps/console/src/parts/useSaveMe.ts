import { agent, type Me, type Preferences, type Session } from "@manydesk/kit/api/agent";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import { setDensity, setTheme } from "@manydesk/kit/look/theme";
import { setLanguage } from "@manydesk/kit/words/language";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";

export type MeChange = Partial<Pick<Me, "name" | "language" | "time_zone">> & { prefs?: Preferences };

/** Saves something about the person. It is shown at once and taken back when refused. */
export function useSaveMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: MeChange) => save(cache, change),
    onMutate: (change) => {
      const before = cache.getQueryData<Session>(cacheKeys.session())?.user;
      remember(cache, (user) => ({ ...user, ...change, prefs: { ...user.prefs, ...change.prefs } }));
      return { before };
    },
    onError: (_error, _change, context) => {
      const before = context?.before;
      if (before) remember(cache, () => before);
    },
    onSuccess: (user) => remember(cache, () => user),
  });
}

/** Makes the page look as the person likes it. */
export function applyPreferences(user: Me): void {
  setLanguage(user.language);
  setTheme(user.prefs.theme ?? "system");
  setDensity(user.prefs.density ?? "comfort");
}

async function save(cache: QueryClient, change: MeChange): Promise<Me> {
  const version = cache.getQueryData<Session>(cacheKeys.session())?.user.version ?? 1;
  try {
    return await take<Me>(agent.PATCH("/v1/me", { headers: ifMatch(version), body: change }));
  } catch (error) {
    if (!isProblem(error, "changed_meanwhile")) throw error;
    const current = await take<Me>(agent.GET("/v1/me"));
    return take<Me>(agent.PATCH("/v1/me", { headers: ifMatch(current.version), body: change }));
  }
}

function remember(cache: QueryClient, change: (user: Me) => Me): void {
  cache.setQueryData<Session>(cacheKeys.session(), (session) => {
    if (!session) return session;
    const user = change(session.user);
    applyPreferences(user);
    return { ...session, user };
  });
}
