import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";

export const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ["*", "reset", token],
    queryFn: () => take(agent.GET("/v1/password-resets/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["*", "invitation", token],
    queryFn: () => take(agent.GET("/v1/invitations/{token}", { params: { path: { token } } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
