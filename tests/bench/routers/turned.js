// SPDX-License-Identifier: GPL-3.0-or-later

/** By a quarter. */
function turnedPoint({ x, y, ...rest }) {
  return { ...rest, x: -y, y: x };
}

function turnedPad({ center, width, height, ...rest }) {
  return { ...rest, center: turnedPoint(center), width: height, height: width };
}

/** The same board, turned by so many quarters: the same task, of which routers make another one. */
export function turned(srj, quarters) {
  if (quarters === 0) {
    return srj;
  }
  const { minX, maxX, minY, maxY } = srj.bounds;
  return turned({
    ...srj,
    bounds: { minX: -maxY, maxX: -minY, minY: minX, maxY: maxX },
    outline: srj.outline.map(turnedPoint),
    obstacles: srj.obstacles.map(turnedPad),
    connections: srj.connections.map(({ pointsToConnect, ...rest }) => (
      { ...rest, pointsToConnect: pointsToConnect.map(turnedPoint) })),
  }, quarters - 1);
}
