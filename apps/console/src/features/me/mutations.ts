import { type ApiKey, agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

export const useChangePassword = () =>
  useMutation({ mutationFn: (body: { current: string; new: string }) => take<void>(agent.PUT("/v1/me/password", { body })) });

/** Begins: a secret to show once. Nothing is on until a code made from it is confirmed. */
export const useStartTotp = () => useMutation({ mutationFn: () => take(agent.POST("/v1/me/totp")) });

export function useConfirmTotp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => take(agent.PUT("/v1/me/totp", { body: { code } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: cacheKeys.session() }),
  });
}

export function useStopTotp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => take<void>(agent.DELETE("/v1/me/totp", { body: { password } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: cacheKeys.session() }),
  });
}

export function useEndSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take<void>(agent.DELETE("/v1/me/sessions/{id}", { params: { path: { id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.mine("sessions") }),
  });
}

export function useAddKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; scopes: string[] | null; tenants: string[] | null; expires_at: string | null }) =>
      take<ApiKey>(agent.POST("/v1/me/api-keys", { body })),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.mine("api-keys") }),
  });
}

export function useDeleteKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => take<void>(agent.DELETE("/v1/me/api-keys/{id}", { params: { path: { id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.mine("api-keys") }),
  });
}
