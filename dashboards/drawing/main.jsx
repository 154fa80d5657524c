import { createTheme } from '@grafana/data';
import { GlobalStyles, PanelChrome, ThemeContext } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { PanelBody } from './panel-body.jsx';

const WIDTH = 1600;
const COLUMN = WIDTH / 24;
const ROW = 38;
const GAP = 8;

const theme = createTheme({ colors: { mode: new URLSearchParams(location.search).get('theme') ?? 'dark' } });
const run = await (await fetch('run.json')).json();
createRoot(document.querySelector('#root')).render(<Board panels={run.board.panels} />);

function Board({ panels }) {
  const bottom = Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  const { background, text } = theme.colors;
  const style = {
    position: 'relative',
    width: WIDTH,
    height: bottom * ROW,
    background: background.canvas,
    color: text.primary,
  };
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div style={style}>
        {panels.map((panel) => (
          <Placed key={panel.id} panel={panel} />
        ))}
      </div>
    </ThemeContext.Provider>
  );
}

function Placed({ panel }) {
  const { x, y, w, h } = panel.gridPos;
  const [width, height] = [w * COLUMN - GAP, h * ROW - GAP];
  const style = { position: 'absolute', left: x * COLUMN + GAP / 2, top: y * ROW + GAP / 2, width, height };
  if (panel.type === 'row') return <h4 style={{ ...style, margin: 0 }}>{panel.title}</h4>;
  return (
    <div style={style}>
      <PanelChrome {...{ width, height }} title={panel.title} description={panel.description}>
        {(innerWidth, innerHeight) => <PanelBody {...{ panel, run, theme }} width={innerWidth} height={innerHeight} />}
      </PanelChrome>
    </div>
  );
}
