import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { classNames } from './class-names.ts';

export interface MenuProps {
  /** The button that opens the menu. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
}

export function Menu({ trigger, label, children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement="bottom end"
        className="min-w-48 animate-appear rounded-control border border-line bg-surface p-1.5 shadow-raised"
      >
        <AriaMenu aria-label={label} className="outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps {
  readonly onAction: () => void;
  readonly isDanger?: boolean;
  readonly icon?: ReactNode;
  readonly children: string;
}

export function MenuItem({ onAction, isDanger = false, icon, children }: MenuItemProps) {
  return (
    <AriaMenuItem
      onAction={onAction}
      textValue={children}
      className={classNames(
        'flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 text-[0.9375rem] outline-none focus:bg-sunken',
        isDanger ? 'text-danger' : 'text-ink',
      )}
    >
      {icon}
      {children}
    </AriaMenuItem>
  );
}
