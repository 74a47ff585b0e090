import { useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { Forgotten } from "../features/session/Forgotten.tsx";
import { Invitation } from "../features/session/Invitation.tsx";
import { ResetPassword } from "../features/session/ResetPassword.tsx";
import { Setup } from "../features/session/Setup.tsx";
import { SignIn } from "../features/session/SignIn.tsx";

export function SignInRoute() {
  const { to } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  return <SignIn onDone={() => router.history.push(to ?? "/q")} />;
}

export function ForgottenRoute() {
  return <Forgotten />;
}

export function ResetRoute() {
  const { token } = useParams({ from: "/password-resets/$token" });
  return <ResetPassword token={token} onDone={useToQueue()} />;
}

export function InvitationRoute() {
  const { token } = useParams({ from: "/invitations/$token" });
  return <Invitation token={token} onDone={useToQueue()} />;
}

export function SetupRoute() {
  return <Setup onDone={useToQueue()} />;
}

function useToQueue(): () => void {
  const go = useNavigate();
  return () => go({ to: "/q" });
}
