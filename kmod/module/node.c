// SPDX-License-Identifier: GPL-2.0
/*
 * Capacity and accounting of every node.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "emucxl.h"

static struct emucxl_node *nodes;

/* "N[KMGT],...": one entry a node, an empty one means the default. */
static int parse_capacities(const char *text)
{
	unsigned int nid;

	for (nid = 0; text && *text; nid++) {
		if (nid >= nr_node_ids) {
			pr_err("capacity: there are only %u nodes\n", nr_node_ids);
			return -EINVAL;
		}
		if (*text != ',') {
			char *rest;
			u64 bytes = memparse(text, &rest);

			if (rest == text || (*rest && *rest != ',')) {
				pr_err("capacity: no size: %s\n", text);
				return -EINVAL;
			}
			nodes[nid].capacity = bytes >> PAGE_SHIFT;
			text = rest;
		}
		if (*text == ',')
			text++;
	}
	return 0;
}

int emucxl_nodes_init(const char *capacities)
{
	int nid, err;

	if (emucxl_inject_failure())
		return -ENOMEM;
	nodes = kcalloc(nr_node_ids, sizeof(*nodes), GFP_KERNEL);
	if (!nodes)
		return -ENOMEM;
	for (nid = 0; nid < nr_node_ids; nid++) {
		spin_lock_init(&nodes[nid].lock);
		nodes[nid].capacity = EMUCXL_UNLIMITED;
	}
	err = parse_capacities(capacities);
	if (err)
		emucxl_nodes_exit();
	return err;
}

void emucxl_nodes_exit(void)
{
	kfree(nodes);
	nodes = NULL;
}

struct emucxl_node *emucxl_node(unsigned int nid)
{
	return &nodes[nid];
}

/* Memory can be added and removed at any time; this is true for the moment. */
bool emucxl_node_usable(u64 nid)
{
	return nid < nr_node_ids && node_state(nid, N_MEMORY);
}

/* In pages. The default leaves the kernel and page tables some room. */
static u64 capacity_of(unsigned int nid)
{
	u64 capacity = nodes[nid].capacity;

	if (capacity != EMUCXL_UNLIMITED)
		return capacity;
	return (u64)node_present_pages(nid) * 7 / 8;
}

u64 emucxl_node_capacity(unsigned int nid)
{
	u64 capacity;

	if (!emucxl_node_usable(nid))
		return 0;
	spin_lock(&nodes[nid].lock);
	capacity = capacity_of(nid);
	spin_unlock(&nodes[nid].lock);
	return capacity << PAGE_SHIFT;
}

void emucxl_node_set_capacity(unsigned int nid, u64 bytes)
{
	spin_lock(&nodes[nid].lock);
	nodes[nid].capacity = bytes == EMUCXL_UNLIMITED ? bytes
							: bytes >> PAGE_SHIFT;
	spin_unlock(&nodes[nid].lock);
}

u64 emucxl_node_free(unsigned int nid)
{
	struct zone *zone = NODE_DATA(nid)->node_zones;
	u64 pages = 0;
	int i;

	for (i = 0; i < MAX_NR_ZONES; i++)
		pages += zone_page_state(&zone[i], NR_FREE_PAGES);
	return pages << PAGE_SHIFT;
}

struct emucxl_node emucxl_node_snapshot(unsigned int nid)
{
	struct emucxl_node copy;

	spin_lock(&nodes[nid].lock);
	copy = nodes[nid];
	spin_unlock(&nodes[nid].lock);
	return copy;
}

/* Reserve room for @pages on the node and in the file's limit, or -ENOMEM. */
int emucxl_charge(struct emucxl_file *owner, unsigned int nid, u64 pages)
{
	struct emucxl_share *share = &owner->shares[nid];
	struct emucxl_node *node = &nodes[nid];
	u64 capacity, limit;
	int err = 0;

	spin_lock(&node->lock);
	capacity = capacity_of(nid);
	limit = share->limit;
	if (node->used > capacity || pages > capacity - node->used ||
	    share->used > limit || pages > limit - share->used) {
		node->refused++;
		err = -ENOMEM;
	} else {
		node->used += pages;
		share->used += pages;
		node->peak = max(node->peak, node->used);
	}
	spin_unlock(&node->lock);
	return err;
}

void emucxl_uncharge(struct emucxl_file *owner, unsigned int nid, u64 pages)
{
	struct emucxl_share *share = &owner->shares[nid];
	struct emucxl_node *node = &nodes[nid];

	spin_lock(&node->lock);
	if (WARN_ON_ONCE(pages > node->used || pages > share->used))
		pages = min(node->used, share->used);
	node->used -= pages;
	share->used -= pages;
	spin_unlock(&node->lock);
}

void emucxl_count_huge(unsigned int nid, long pages)
{
	spin_lock(&nodes[nid].lock);
	nodes[nid].huge += pages;
	spin_unlock(&nodes[nid].lock);
}

void emucxl_count_refused(unsigned int nid)
{
	spin_lock(&nodes[nid].lock);
	nodes[nid].refused++;
	spin_unlock(&nodes[nid].lock);
}

void emucxl_count_migrated(unsigned int nid, u64 pages)
{
	spin_lock(&nodes[nid].lock);
	nodes[nid].migrated_in += pages;
	spin_unlock(&nodes[nid].lock);
}
