import type { Channel } from "@manydesk/kit/api/agent";
import { AppWindow, Code, FormInput, type LucideIcon, Mail, Phone } from "lucide-react";

/** The picture of how a ticket came. */
export const channelIcons: Record<Channel, LucideIcon> = { mail: Mail, portal: AppWindow, phone: Phone, api: Code, form: FormInput };
