import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { useMutation } from "@tanstack/react-query";

/** Ends the session and leaves for the sign-in page by a fresh load, so that nothing stays in memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => take<void>(agent.DELETE("/v1/session")),
    onSettled: () => location.assign("/sign-in"),
  });
}
