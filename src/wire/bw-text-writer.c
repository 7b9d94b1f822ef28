/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/bw-text-writer.h"

#include <math.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

BwTextWriter
bw_text_writer_on (GString *text)
{
  return (BwTextWriter) { .text = text };
}

static inline void
before_value (BwTextWriter *self)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  self->comma = TRUE;
}

void
bw_text_writer_begin_object (BwTextWriter *self)
{
  before_value (self);
  g_string_append_c (self->text, '{');
  self->comma = FALSE;
}

void
bw_text_writer_end_object (BwTextWriter *self)
{
  g_string_append_c (self->text, '}');
  self->comma = TRUE;
}

void
bw_text_writer_begin_array (BwTextWriter *self)
{
  before_value (self);
  g_string_append_c (self->text, '[');
  self->comma = FALSE;
}

void
bw_text_writer_end_array (BwTextWriter *self)
{
  g_string_append_c (self->text, ']');
  self->comma = TRUE;
}

static void
append_escaped (GString    *text,
                const char *value,
                gsize       length)
{
  const char *run = value;
  const char *end = value + length;

  for (const char *p = value; p < end; p++)
    {
      guchar c = (guchar) *p;
      char escape = 0;

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      g_string_append_len (text, run, p - run);
      run = p + 1;

      switch (c)
        {
        case '"':
        case '\\':
          escape = (char) c;
          break;
        case '\n':
          escape = 'n';
          break;
        case '\r':
          escape = 'r';
          break;
        case '\t':
          escape = 't';
          break;
        default:
          break;
        }

      if (escape != 0)
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, escape);
        }
      else
        {
          g_string_append_printf (text, "\\u%04x", c);
        }
    }

  g_string_append_len (text, run, end - run);
}

static void
append_quoted (GString    *text,
               const char *value)
{
  const char *p = value != NULL ? value : "";
  const char *end;

  g_string_append_c (text, '"');
  while (!g_utf8_validate (p, -1, &end))
    {
      append_escaped (text, p, (gsize) (end - p));
      g_string_append (text, REPLACEMENT);
      p = end + 1;
    }
  append_escaped (text, p, (gsize) (end - p));
  g_string_append_c (text, '"');
}

void
bw_text_writer_name (BwTextWriter *self,
                     const char   *name)
{
  before_value (self);
  append_quoted (self->text, name);
  g_string_append_c (self->text, ':');
  self->comma = FALSE;
}

void
bw_text_writer_string (BwTextWriter *self,
                       const char   *value)
{
  before_value (self);
  append_quoted (self->text, value);
}

void
bw_text_writer_boolean (BwTextWriter *self,
                        gboolean      value)
{
  before_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

/* The digits of `value`, ending right before `end`; returns where they start. */
static char *
put_digits (char   *end,
            guint64 value)
{
  do
    {
      *--end = (char) ('0' + value % 10);
      value /= 10;
    }
  while (value != 0);

  return end;
}

void
bw_text_writer_integer (BwTextWriter *self,
                        gint64        value)
{
  char buffer[24];
  char *end = buffer + sizeof buffer;
  char *start = put_digits (end, value < 0 ? -(guint64) value : (guint64) value);

  if (value < 0)
    *--start = '-';

  before_value (self);
  g_string_append_len (self->text, start, end - start);
}

void
bw_text_writer_thousandths (BwTextWriter *self,
                            gint64        value)
{
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;
  guint64 whole = magnitude / 1000;
  guint rest = (guint) (magnitude % 1000);
  char buffer[32];
  char *point = buffer + 24;
  char *start = put_digits (point, whole);
  char *end = point;

  if (value < 0)
    *--start = '-';

  *end++ = '.';
  *end++ = (char) ('0' + rest / 100);
  if (rest % 100 != 0)
    *end++ = (char) ('0' + rest / 10 % 10);
  if (rest % 10 != 0)
    *end++ = (char) ('0' + rest % 10);

  before_value (self);
  g_string_append_len (self->text, start, end - start);
}

void
bw_text_writer_number (BwTextWriter *self,
                       double        value)
{
  double magnitude;
  gint64 thousandths;

  if (isnan (value))
    value = 0.0;

  magnitude = MIN (fabs (value), BW_TEXT_WRITER_MAX);
  thousandths = (gint64) floor (magnitude * 1000.0 + 0.5);
  bw_text_writer_thousandths (self, value < 0.0 ? -thousandths : thousandths);
}

void
bw_text_writer_nm_as_mm (BwTextWriter *self,
                         gint64        value_nm)
{
  gint64 half = value_nm < 0 ? -500 : 500;

  bw_text_writer_thousandths (self, (value_nm + half) / 1000);
}

void
bw_text_writer_raw (BwTextWriter *self,
                    const char   *json,
                    gsize         length)
{
  before_value (self);
  g_string_append_len (self->text, json, (gssize) length);
}
