// SPDX-License-Identifier: GPL-2.0
/*
 * In-place migration: unmap, copy, exchange. The next touch maps the new page.
 *
 * It goes piece by piece; a piece never crosses a huge page's range. A piece is
 * moved as a whole or not at all.
 */
#include <linux/delay.h>
#include <linux/highmem.h>
#include <linux/page_ref.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "emucxl.h"

/* How often, 50 us apart, a page that somebody holds is tried again. */
#define BUSY_TRIES	100

/**
 * struct piece - pages that are exchanged together
 * @area: whose
 * @from: index of the first
 * @to: index after the last
 * @fresh: by index - @from: the page to come, or NULL if the old one stays
 * @source: by index - @from: the node that the old one is on
 */
struct piece {
	struct emucxl_area *area;
	unsigned long from;
	unsigned long to;
	struct page *fresh[EMUCXL_HUGE_PAGES];
	short source[EMUCXL_HUGE_PAGES];
};

/* The folio of page @i if it goes and this is its first page in the piece. */
static struct folio *leaving(struct piece *p, unsigned long i)
{
	struct page *page = p->area->pages[i];

	if (!p->fresh[i - p->from])
		return NULL;
	if (i > p->from && emucxl_page_is_huge(page))
		return NULL;
	return page_folio(page);
}

static void drop_fresh(struct piece *p)
{
	unsigned long i, n;

	for (i = 0; i < p->to - p->from; i += n) {
		n = 1;
		if (!p->fresh[i])
			continue;
		if (emucxl_page_is_huge(p->fresh[i]))
			n = EMUCXL_HUGE_PAGES;
		folio_put(page_folio(p->fresh[i]));
	}
}

/* Take one huge page for the piece if it has the size for it. */
static bool take_huge(struct piece *p, unsigned int nid)
{
	struct folio *folio;
	unsigned long i;

	if (p->to - p->from != EMUCXL_HUGE_PAGES)
		return false;
	for (i = p->from; i < p->to; i++)
		if (!p->area->pages[i])
			return false;
	folio = emucxl_take_huge(nid, false);
	if (!folio)
		return false;
	for (i = 0; i < EMUCXL_HUGE_PAGES; i++)
		p->fresh[i] = folio_page(folio, i);
	return true;
}

/*
 * Take the new pages: on @nid for the indices [low, high), where the old ones
 * are for the rest, which only a huge page that is broken needs.
 */
static int take_small(struct piece *p, unsigned long low, unsigned long high,
		      unsigned int nid)
{
	unsigned long i;

	for (i = p->from; i < p->to; i++) {
		struct page *old = p->area->pages[i];
		unsigned int target = i >= low && i < high ? nid : page_to_nid(old);

		if (!old || (target == page_to_nid(old) && !emucxl_page_is_huge(old)))
			continue;
		p->fresh[i - p->from] = emucxl_take_page(target, false);
		if (!p->fresh[i - p->from]) {
			drop_fresh(p);
			return -ENOMEM;
		}
		cond_resched();
	}
	return 0;
}

/*
 * With all old pages locked and unmapped only the area refers to them, but for
 * somebody who pinned one. Freezing the count keeps everybody else out.
 */
static int freeze(struct piece *p)
{
	struct folio *folio;
	unsigned long i;

	for (i = p->from; i < p->to; i++) {
		folio = leaving(p, i);
		if (folio && !folio_ref_freeze(folio, 1))
			goto busy;
	}
	return 0;

busy:
	while (i-- > p->from) {
		folio = leaving(p, i);
		if (folio)
			folio_ref_unfreeze(folio, 1);
	}
	return -EBUSY;
}

/* Exchange the pages. Faults on the area wait meanwhile. */
static int exchange(struct piece *p)
{
	struct emucxl_area *area = p->area;
	struct folio *folio;
	unsigned long i, k;
	int err, tries = 0;

	down_write(&area->fault);
	for (i = p->from; i < p->to; i++) {
		folio = leaving(p, i);
		if (folio)
			folio_lock(folio);
	}
	unmap_mapping_range(area->mapping,
			    (loff_t)(area->first + p->from) << PAGE_SHIFT,
			    (loff_t)(p->to - p->from) << PAGE_SHIFT, 1);
	while ((err = freeze(p)) == -EBUSY && ++tries < BUSY_TRIES)
		usleep_range(50, 100);

	for (i = p->from; i < p->to; i++) {
		if (!err && p->fresh[i - p->from])
			copy_highpage(p->fresh[i - p->from], area->pages[i]);
		cond_resched();
	}
	for (i = p->from; i < p->to; i = k) {
		folio = leaving(p, i);
		k = i + (folio ? folio_nr_pages(folio) : 1);
		if (!folio)
			continue;
		if (!err) {
			memcpy(&area->pages[i], &p->fresh[i - p->from],
			       (k - i) * sizeof(*area->pages));
			folio_ref_unfreeze(folio, 1);
		}
		folio_unlock(folio);
		if (!err)
			folio_put(folio);
	}
	up_write(&area->fault);
	return err;
}

/*
 * Settle the accounts after the exchange. Only pages of [low, high) changed
 * their node.
 */
static void settle(struct piece *p, unsigned long low, unsigned long high,
		   unsigned int nid, bool was_huge)
{
	struct emucxl_file *owner = p->area->owner;
	unsigned long i, n;

	if (was_huge)
		emucxl_count_huge(p->source[0], -(long)EMUCXL_HUGE_PAGES);
	if (p->fresh[0] && emucxl_page_is_huge(p->fresh[0]))
		emucxl_count_huge(nid, EMUCXL_HUGE_PAGES);
	for (i = low; i < high; i += n) {
		short source = p->source[i - p->from];

		for (n = 1; i + n < high && p->source[i + n - p->from] == source; n++)
			;
		if (source != NUMA_NO_NODE && source != nid)
			emucxl_uncharge(owner, source, n);
	}
}

/*
 * Move the pages [low, high) to @nid. If they are a part of a huge page, the
 * piece is the whole of it, and what is left of it becomes small pages.
 * Caller holds area->change.
 */
static int move_piece(struct piece *p, unsigned long low, unsigned long high,
		      unsigned int nid, u64 *moved)
{
	struct emucxl_area *area = p->area;
	struct page *first = area->pages[p->from];
	bool was_huge = first && emucxl_page_is_huge(first);
	bool whole = low == p->from && high == p->to;
	unsigned long i, n = 0;
	int err;

	memset(p->fresh, 0, sizeof(p->fresh));
	for (i = p->from; i < p->to; i++) {
		struct page *page = area->pages[i];

		p->source[i - p->from] = page ? page_to_nid(page) : NUMA_NO_NODE;
		if (page && i >= low && i < high && page_to_nid(page) != nid)
			n++;
	}
	/* Nothing to move, unless it is a huge page that has to be broken. */
	if (!n && (low < high || !was_huge))
		return 0;

	err = n ? emucxl_charge(area->owner, nid, n) : 0;
	if (err)
		return err;
	if (!whole || !take_huge(p, nid)) {
		err = take_small(p, low, high, nid);
		if (err) {
			emucxl_count_refused(nid);
			goto uncharge;
		}
	}
	err = exchange(p);
	if (err) {
		drop_fresh(p);
		goto uncharge;
	}
	settle(p, low, high, nid, was_huge);
	emucxl_count_migrated(nid, n);
	*moved += (u64)n << PAGE_SHIFT;
	return 0;

uncharge:
	if (n)
		emucxl_uncharge(area->owner, nid, n);
	return err;
}

/* Let the piece be what of [low, high) can be exchanged by itself. */
static void cut_piece(struct piece *p, unsigned long low, unsigned long high)
{
	struct emucxl_area *area = p->area;

	p->from = low;
	p->to = high;
	if (area->pages[low] && emucxl_page_is_huge(area->pages[low])) {
		p->from = round_down(area->first + low, EMUCXL_HUGE_PAGES) -
			  area->first;
		p->to = p->from + EMUCXL_HUGE_PAGES;
	}
}

static struct piece *new_piece(struct emucxl_area *area)
{
	struct piece *p;

	if (emucxl_inject_failure())
		return NULL;
	p = kzalloc(sizeof(*p), GFP_KERNEL_ACCOUNT);
	if (p)
		p->area = area;
	return p;
}

/**
 * emucxl_move() - migrate a part of an area in place
 * @area: the area
 * @index: the first page
 * @count: pages
 * @nid: a node with memory
 * @moved: gets the bytes that changed their node added, also on failure
 *
 * Pages that were unmapped meanwhile are passed over.
 *
 * Return: 0, -ENOMEM, -EBUSY or -EINTR.
 */
int emucxl_move(struct emucxl_area *area, unsigned long index,
		unsigned long count, unsigned int nid, u64 *moved)
{
	unsigned long low, high, end = index + count;
	struct piece *p = new_piece(area);
	int err = 0;

	if (!p)
		return -ENOMEM;
	for (low = index; !err && low < end; low = high) {
		high = round_down(area->first + low, EMUCXL_HUGE_PAGES) +
		       EMUCXL_HUGE_PAGES - area->first;
		high = min(high, end);
		if (fatal_signal_pending(current) ||
		    mutex_lock_killable(&area->change)) {
			err = -EINTR;
			break;
		}
		cut_piece(p, low, high);
		err = move_piece(p, low, high, nid, moved);
		mutex_unlock(&area->change);
		cond_resched();
	}
	kfree(p);
	return err;
}

/**
 * emucxl_break_huge() - put small pages in the place of a huge one
 * @area: the area, with @area->change held
 * @index: a page of the huge one
 *
 * Return: 0, -ENOMEM or -EBUSY.
 */
int emucxl_break_huge(struct emucxl_area *area, unsigned long index)
{
	struct piece *p = new_piece(area);
	u64 moved = 0;
	int err;

	if (!p)
		return -ENOMEM;
	cut_piece(p, index, index);
	err = move_piece(p, index, index, page_to_nid(area->pages[index]), &moved);
	kfree(p);
	return err;
}
