/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/bw-natural-order.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static int
fold (char c)
{
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char) c;
}

/* Steps over a run of digits; returns where its first that counts is. */
static const char *
take_number (const char **text,
             size_t      *length_out)
{
  const char *start;

  while (**text == '0')
    (*text)++;
  start = *text;
  while (is_digit (**text))
    (*text)++;
  *length_out = (size_t) (*text - start);
  return start;
}

static int
compare_numbers (const char **a,
                 const char **b)
{
  size_t length_a, length_b;
  const char *number_a = take_number (a, &length_a);
  const char *number_b = take_number (b, &length_b);

  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;
  return memcmp (number_a, number_b, length_a);
}

int
bw_natural_compare (const char *a,
                    const char *b)
{
  const char *at_a = a, *at_b = b;

  while (*at_a != '\0' && *at_b != '\0')
    {
      int order;

      if (is_digit (*at_a) && is_digit (*at_b))
        order = compare_numbers (&at_a, &at_b);
      else
        order = fold (*at_a++) - fold (*at_b++);
      if (order != 0)
        return order;
    }
  if (*at_a != *at_b)
    return *at_a == '\0' ? -1 : 1;
  return strcmp (a, b);
}
