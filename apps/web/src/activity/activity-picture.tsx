import { Bot, DoorOpen, FolderDown, KeyRound, LogOut, type LucideIcon, Mail, TriangleAlert } from 'lucide-react';
import type { ActivityIcon } from './activity-words.ts';

const pictures: { readonly [icon in ActivityIcon]: LucideIcon } = {
  enter: DoorOpen,
  leave: LogOut,
  key: KeyRound,
  mail: Mail,
  warn: TriangleAlert,
  program: Bot,
  data: FolderDown,
};

/** Stands beside the sentence of an event, which says it all. */
export function ActivityPicture({ icon }: { readonly icon: ActivityIcon }) {
  const Picture = pictures[icon];
  return <Picture size={20} aria-hidden className={icon === 'warn' ? 'mt-0.5 text-warn' : 'mt-0.5 text-ink-soft'} />;
}
