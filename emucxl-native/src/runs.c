/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The free regions, as a tree of maxima over the sequence of regions: each node knows how many free regions its span
 * begins with, ends with, and has in a row at most. So the first run of k free regions is found by one walk down.
 * Numbers are kept as what is missing to the span's length: a table of zeros is a range that is all free, and
 * a large range that is hardly used hardly costs memory.
 */
#include <string.h>

#include "internal.h"

struct span {
    uint32_t prefix, suffix, best; /* span's length minus the run */
};

static struct span *tree; /* children of i: 2i, 2i + 1; leaves from `leaves` on */
static size_t leaves;

size_t runs_table_bytes(size_t regions)
{
    return 2 * regions * sizeof(struct span);
}

void runs_start(void *table, size_t regions)
{
    tree = table;
    leaves = regions;
}

static uint32_t max(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static void combine(size_t node, uint32_t length)
{
    const struct span *left = &tree[2 * node], *right = left + 1;
    uint32_t half = length / 2;
    uint32_t left_prefix = half - left->prefix, right_prefix = half - right->prefix;
    uint32_t left_suffix = half - left->suffix, right_suffix = half - right->suffix;
    uint32_t best = max(max(half - left->best, half - right->best), left_suffix + right_prefix);
    tree[node].prefix = length - (left_prefix == half ? half + right_prefix : left_prefix);
    tree[node].suffix = length - (right_suffix == half ? half + left_suffix : right_suffix);
    tree[node].best = length - best;
}

void runs_mark(uint32_t first, size_t k, int taken)
{
    size_t from = leaves + first, to = from + k - 1;
    uint32_t missing = taken ? 1 : 0, length = 1;
    for (size_t i = from; i <= to; i++)
        tree[i] = (struct span){missing, missing, missing};
    for (from /= 2, to /= 2; from > 0; from /= 2, to /= 2) {
        length *= 2;
        for (size_t i = from; i <= to; i++)
            combine(i, length);
    }
}

uint32_t runs_take(size_t k)
{
    if (k == 0 || k > leaves || leaves - tree[1].best < k)
        return NO_REGION;
    size_t node = 1, length = leaves, begin = 0;
    while (node < leaves) {
        const struct span *left = &tree[2 * node], *right = left + 1;
        size_t half = length / 2;
        if (half - left->best >= k) {
            node = 2 * node;
        } else if ((half - left->suffix) + (half - right->prefix) >= k) {
            begin += left->suffix;
            break;
        } else {
            node = 2 * node + 1;
            begin += half;
        }
        length = half;
    }
    runs_mark((uint32_t)begin, k, 1);
    return (uint32_t)begin;
}
