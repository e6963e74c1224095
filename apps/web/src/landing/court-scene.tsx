import { classNames } from '@atrium/ui';

/**
 * The picture of the landing page: the court seen from above, people at its edges, and the opening in its roof is the
 * board they draw on. It moves by CSS alone (court-scene.css); `isStill` shows its last moment, for beside a form.
 */
export function CourtScene({ isStill = false }: { readonly isStill?: boolean }) {
  return (
    <svg
      viewBox="0 0 640 600"
      role="img"
      aria-label="Three people drawing on one board"
      className={classNames('court-scene', isStill && 'court-still')}
    >
      <defs>
        <clipPath id="court-walls">
          <rect width="640" height="600" rx="28" />
        </clipPath>
        <clipPath id="court-opening">
          <path d={opening} />
        </clipPath>
        <linearGradient id="court-light" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="var(--sun)" stopOpacity="0.55" />
          <stop offset="0.55" stopColor="var(--sun)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <g clipPath="url(#court-walls)">
        <Roof />
        <path d={opening} fill="var(--paper)" />
        <path d="M108 96H420L108 420z" fill="url(#court-light)" />
        <g clipPath="url(#court-opening)">
          <g transform="translate(0 12)">
            <Drawing />
          </g>
        </g>
        <Seat x={320} y={50} letters="MO" hue={150} />
        <Seat x={56} y={322} letters="TR" hue={30} />
        <Seat x={584} y={240} letters="AK" hue={210} />
        <Cursor className="court-cursor-mira" name="Mira" hue={150} />
        <Cursor className="court-cursor-tomas" name="Tomás" hue={30} />
        <Cursor className="court-cursor-aiko" name="Aiko" hue={210} />
      </g>
    </svg>
  );
}

const opening = 'M108 96H532V504H108z';

/** Four slopes with courses of tiles that run around the opening. */
function Roof() {
  const courses = [0.25, 0.5, 0.75];
  return (
    <>
      <path d="M0 0H640L532 96H108z" fill="var(--court-north)" />
      <path d="M640 0V600L532 504V96z" fill="var(--court-east)" />
      <path d="M640 600H0L108 504H532z" fill="var(--court-south)" />
      <path d="M0 600V0L108 96V504z" fill="var(--court-west)" />
      {courses.map((part) => (
        <rect
          key={part}
          x={108 * part}
          y={96 * part}
          width={640 - 216 * part}
          height={600 - 192 * part}
          className="court-tiles"
        />
      ))}
      <path d="M0 0L108 96M640 0L532 96M640 600L532 504M0 600L108 504" className="court-tiles" />
    </>
  );
}

function Drawing() {
  return (
    <>
      <path className="court-ink" d="M150 168c30-4 88-5 118-2 4 20 3 44 1 62-36 4-84 4-118 1-4-20-4-42-1-61z" />
      <text className="court-word" x="209" y="205">
        Sketch
      </text>
      <path className="court-ink" d="M278 198c24-8 48-9 74-3m-13-11c6 4 10 7 14 11-6 4-10 8-13 13" />
      <path
        className="court-ink"
        d="M427 149c28 14 46 27 66 46-20 19-42 34-66 47-24-12-46-28-65-46 19-20 40-34 65-47z"
      />
      <text className="court-word" x="427" y="201">
        Try it
      </text>
      <path className="court-ink" d="M428 251c2 22 1 40-6 62m-10-14c3 6 6 11 9 15 5-3 9-6 13-11" />
      <path className="court-fill" d="M340 366c2-30 44-44 86-42 44 2 80 18 78 46-2 27-42 42-84 40-44-2-82-16-80-44z" />
      <path className="court-ink" d="M340 366c2-30 44-44 86-42 44 2 80 18 78 46-2 27-42 42-84 40-44-2-82-16-80-44z" />
      <text className="court-word" x="422" y="374">
        Ship!
      </text>
      <g className="court-note">
        <path d="M150 300l104-8 7 98-105 7z" fill="hsl(46 92% 76%)" />
        <text className="court-word court-word-small" x="205" y="340" transform="rotate(-4 205 340)">
          who brings
        </text>
        <text className="court-word court-word-small" x="206" y="364" transform="rotate(-4 206 364)">
          the cake?
        </text>
      </g>
      <path
        className="court-stroke"
        d="M326 372c-6-48 58-66 104-62 52 4 92 24 90 62-2 40-56 58-106 54-50-4-92-22-86-60 3-16 14-28 30-36"
      />
      <path className="court-tick" d="M164 448c8 8 13 14 18 22 12-20 26-34 44-46" />
    </>
  );
}

interface SeatProps {
  readonly x: number;
  readonly y: number;
  readonly letters: string;
  readonly hue: number;
}

function Seat({ x, y, letters, hue }: SeatProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="27" fill={`hsl(${hue} 100% 83%)`} stroke="var(--court-west)" strokeWidth="4" />
      <text className="court-letters" y="6.5">
        {letters}
      </text>
    </g>
  );
}

function Cursor({ className, name, hue }: { readonly className: string; readonly name: string; readonly hue: number }) {
  const colour = `hsl(${hue} 100% 83%)`;
  return (
    <g className={className}>
      <path d="M0 0l6 22 5-9 10-4z" fill={colour} stroke="#26302a" strokeWidth="1.6" strokeLinejoin="round" />
      <rect
        x="14"
        y="17"
        width={22 + name.length * 8.6}
        height="25"
        rx="12.5"
        fill={colour}
        stroke="#26302a"
        strokeWidth="1.2"
      />
      <text className="court-name" x={25 + name.length * 4.3} y="34.5">
        {name}
      </text>
    </g>
  );
}
