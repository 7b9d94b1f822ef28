// SPDX-License-Identifier: GPL-3.0-or-later

// Several parts as one: the box that they take up, which of them lie in one, and where turning
// and flipping takes each. One alone turns about its anchor, several about their middle.
//
// A pose is [x_mm, y_mm, angle_rad, side].

import { COORD_MAX_MM, cosSin, POSE_SIZE } from './geometry.js';

const QUARTER_TURN = Math.PI / 2;
const FULL_TURN = 2 * Math.PI;

const within = (value) => Math.min(COORD_MAX_MM, Math.max(-COORD_MAX_MM, value));

/** The box [x0, y0, x1, y1] around a part's own box, where its pose takes it. */
export function placedBox([bx0, by0, bx1, by1], [x, y, angle_rad, side]) {
  const [cos, sin] = cosSin(angle_rad);
  const mx = (bx0 + bx1) / 2;
  const my = ((by0 + by1) / 2) * (side === 1 ? -1 : 1);
  const w = (bx1 - bx0) / 2;
  const h = (by1 - by0) / 2;
  const cx = x + mx * cos + my * sin;
  const cy = y - mx * sin + my * cos;
  const rx = Math.abs(cos) * w + Math.abs(sin) * h;
  const ry = Math.abs(sin) * w + Math.abs(cos) * h;
  return [cx - rx, cy - ry, cx + rx, cy + ry];
}

function middleOf(boxes, poses) {
  if (poses.length === 1) {
    return poses[0].slice(0, 2);
  }
  const placed = poses.map((pose, i) => placedBox(boxes[i], pose));
  const least = (k) => placed.reduce((found, box) => Math.min(found, box[k]), Infinity);
  const most = (k) => placed.reduce((found, box) => Math.max(found, box[k]), -Infinity);
  return [(least(0) + most(2)) / 2, (least(1) + most(3)) / 2];
}

/** By 90° counter-clockwise as seen from the front; `boxes` are those of the parts themselves. */
export function turned(boxes, poses) {
  const [mx, my] = middleOf(boxes, poses);
  return poses.map(([x, y, angle, side]) => [
    within(mx + (y - my)), within(my - (x - mx)), (angle + QUARTER_TURN) % FULL_TURN, side,
  ]);
}

/** To the other side: one alone about its anchor, as it lies; several upside down, as one. */
export function flipped(boxes, poses) {
  const [, my] = middleOf(boxes, poses);
  return poses.map(([x, y, angle, side]) => (poses.length === 1 ? [x, y, angle, 1 - side]
    : [x, within(2 * my - y), (FULL_TURN - angle) % FULL_TURN, 1 - side]));
}

/** Moved alike, so that none leaves the range of coordinates. */
export function moved(poses, dx, dy) {
  const inside = (k, way) => poses.reduce((left, pose) =>
    Math.min(COORD_MAX_MM - pose[k], Math.max(-COORD_MAX_MM - pose[k], left)), way);
  const [x, y] = [inside(0, dx), inside(1, dy)];
  return poses.map((pose) => [pose[0] + x, pose[1] + y, ...pose.slice(2)]);
}

/** The parts that lie wholly in a box [x0, y0, x1, y1] in mm, or (`touching`) reach into it. */
export function partsIn(scene, poses, [x0, y0, x1, y1], touching) {
  return scene.parts.flatMap(({ box }, i) => {
    const placed = placedBox(box, poses.subarray(i * POSE_SIZE, (i + 1) * POSE_SIZE));
    const [left, top, right, bottom] = placed;
    const found = touching ? right >= x0 && left <= x1 && bottom >= y0 && top <= y1
      : left >= x0 && right <= x1 && top >= y0 && bottom <= y1;
    return found ? [i] : [];
  });
}
