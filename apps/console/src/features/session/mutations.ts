import { agent, type Session } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

/** Signs in. Problem `second_factor_required` brings `extra.challenge` for the next step. */
export const useSignIn = () =>
  useArrival((body: { email: string; password: string }) => take<Session>(agent.POST("/v1/session", { body })));

export const useSecondFactor = () =>
  useArrival((body: { challenge: string; code: string }) => take<Session>(agent.POST("/v1/session/second-factor", { body })));

export const useReset = (token: string) =>
  useArrival((body: { password: string }) =>
    take<Session>(agent.PUT("/v1/password-resets/{token}", { params: { path: { token } }, body })),
  );

export const useAcceptance = (token: string) =>
  useArrival((body: { name: string; password: string; language: "ru" | "en" }) =>
    take<Session>(agent.POST("/v1/invitations/{token}/acceptance", { params: { path: { token } }, body })),
  );

export interface SetupBody {
  owner: { name: string; email: string; password: string; language: "ru" | "en" };
  tenant: { name: string; slug: string; code?: string; time_zone: string; languages: ("ru" | "en")[] };
}
export const useSetup = () => useArrival((body: SetupBody) => take<Session>(agent.POST("/v1/setup", { body })));

/** Asks for a reset letter. The answer is the same for an address nobody has. */
export const useForgotten = () =>
  useMutation({ mutationFn: (email: string) => take<void>(agent.POST("/v1/password-resets", { body: { email } })) });

/** Gives the password once more, before a dangerous act. Problem `sign_in_failed` for a wrong one. */
export const useReauthenticate = () =>
  useMutation({
    mutationFn: (password: string) => take<void>(agent.POST("/v1/session/reauthentication", { body: { password } })),
  });

// Whoever was here before leaves nothing in the cache for the person who comes.
function useArrival<Body>(call: (body: Body) => Promise<Session>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: call, onSuccess: (session) => welcome(cache, session) });
}

function welcome(cache: QueryClient, session: Session): void {
  cache.clear();
  cache.setQueryData(cacheKeys.session(), session);
}
