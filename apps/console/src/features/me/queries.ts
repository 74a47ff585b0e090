import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

export const sessionsQuery = queryOptions({ queryKey: cacheKeys.mine("sessions"), queryFn: () => take(agent.GET("/v1/me/sessions")) });

export const apiKeysQuery = queryOptions({ queryKey: cacheKeys.mine("api-keys"), queryFn: () => take(agent.GET("/v1/me/api-keys")) });
