import { type ReactNode, useEffect, useRef } from 'react';
import { hasNavigated } from './navigation.ts';

export interface PageHeadingProps {
  /** The title of the document, without the product's name. */
  readonly title: string;
  /** Shown instead of the title. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/**
 * The one h1 of a page. Sets the document's title and, after a navigation inside the app, takes the focus: that is how
 * screen readers learn that the page has changed. The first page leaves the focus where the browser put it.
 */
export function PageHeading({ title, children, className = 'text-4xl sm:text-5xl' }: PageHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  useEffect(() => {
    if (hasNavigated()) ref.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} className={className}>
      {children ?? title}
    </h1>
  );
}
