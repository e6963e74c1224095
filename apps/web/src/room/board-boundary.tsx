import { Button } from '@atrium/ui';
import { Component, type ReactNode } from 'react';

interface BoardBoundaryProps {
  /** Takes the server's state again, before the canvas is tried once more. */
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** Keeps the room around a canvas that failed: its header, its people and the way out stay. */
export class BoardBoundary extends Component<BoardBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert" className="grid h-full place-content-center justify-items-start gap-4 p-6">
        <h2 className="text-3xl">The board could not be shown</h2>
        <p className="max-w-prose text-ink-soft">Nothing is lost: what was saved is on the server.</p>
        <Button look="primary" onPress={this.tryAgain}>
          Show it again
        </Button>
      </div>
    );
  }

  private readonly tryAgain = () => {
    this.props.onReset();
    this.setState({ hasFailed: false });
  };
}
