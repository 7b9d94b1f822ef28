/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "render/bw-selection.h"

#include <string.h>

BwSelection *
bw_selection_new (guint n_parts)
{
  BwSelection *self = g_new0 (BwSelection, 1);

  self->n_parts = n_parts;
  self->last = -1;
  self->flags = g_new0 (guint8, n_parts + 1);
  return self;
}

void
bw_selection_free (BwSelection *self)
{
  g_free (self->flags);
  g_free (self);
}

gboolean
bw_selection_has (const BwSelection *self,
                  guint32            part)
{
  return part < self->n_parts && self->flags[part];
}

static gint32
find_first (const BwSelection *self)
{
  const guint8 *found = memchr (self->flags, TRUE, self->n_parts);

  return found ? (gint32) (found - self->flags) : -1;
}

gboolean
bw_selection_set (BwSelection *self,
                  guint32      part,
                  gboolean     selected)
{
  g_return_val_if_fail (part < self->n_parts, FALSE);

  selected = selected != FALSE;
  if (self->flags[part] == selected)
    return FALSE;
  self->flags[part] = (guint8) selected;
  self->n_selected += selected ? 1 : -1u;
  if (selected)
    self->last = (gint32) part;
  else if (self->last == (gint32) part)
    self->last = find_first (self);
  return TRUE;
}

gboolean
bw_selection_only (BwSelection *self,
                   gint32       part)
{
  g_return_val_if_fail (part < (gint64) self->n_parts, FALSE);

  if (part < 0 ? self->n_selected == 0 : self->n_selected == 1 && self->flags[part])
    return FALSE;
  memset (self->flags, 0, self->n_parts);
  self->n_selected = part >= 0;
  self->last = part;
  if (part >= 0)
    self->flags[part] = TRUE;
  return TRUE;
}

gboolean
bw_selection_assign (BwSelection  *self,
                     const guint8 *flags,
                     gboolean      added)
{
  gboolean changed = FALSE;
  guint n = 0;

  for (guint i = 0; i < self->n_parts; i++)
    {
      gboolean selected = flags[i] != 0 || (added && self->flags[i]);

      changed |= selected != self->flags[i];
      self->flags[i] = (guint8) selected;
      n += (guint) selected;
    }
  self->n_selected = n;
  if (self->last < 0 || !self->flags[self->last])
    self->last = find_first (self);
  return changed;
}

guint32 *
bw_selection_list (const BwSelection *self)
{
  guint32 *list = g_new (guint32, self->n_selected + 1);
  guint n = 0;

  for (guint32 i = 0; i < self->n_parts; i++)
    if (self->flags[i])
      list[n++] = i;
  return list;
}
