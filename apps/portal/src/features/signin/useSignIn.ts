import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { setLanguage } from "@manydesk/kit/words/language";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { keys, useTenant } from "../../parts/portal.ts";

type Proof = { email: string; code: string } | { token: string } | { email: string; password: string };

/** Asks for a letter. The answer is the same whether the address is known or not. */
export function useLetter() {
  const path = useTenant();
  return useMutation({
    mutationFn: (email: string) => take(portal.POST("/v1/portal/{tenant}/session/codes", { params: { path }, body: { email } })),
  });
}

/** Signs in; the page goes on in the language of the profile. */
export function useSignIn() {
  const path = useTenant();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (proof: Proof) => take(portal.POST("/v1/portal/{tenant}/session", { params: { path }, body: proof })),
    onSuccess: (session) => {
      setLanguage(session.contact.language);
      cache.setQueryData(keys.session(), session);
      void cache.invalidateQueries({ queryKey: keys.site() });
    },
  });
}
