// SPDX-License-Identifier: GPL-2.0
/*
 * /sys/class/misc/emucxl/nodeN/: one directory a possible node.
 *
 *	capacity	bytes, writable: N[KMGT], or "default"
 *	used, huge, peak, migrated_in	bytes
 *	refused		a count
 */
#include <linux/device.h>
#include <linux/nodemask.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "emucxl.h"

enum { CAPACITY, USED, HUGE_PAGES, PEAK, MIGRATED_IN, REFUSED, ATTRIBUTES };

static const char * const names[ATTRIBUTES] = {
	[CAPACITY] = "capacity",
	[USED] = "used",
	[HUGE_PAGES] = "huge",
	[PEAK] = "peak",
	[MIGRATED_IN] = "migrated_in",
	[REFUSED] = "refused",
};

struct node_attribute {
	struct device_attribute dev;
	unsigned int nid;
	unsigned int what;
};

struct node_group {
	struct attribute_group group;
	struct node_attribute attributes[ATTRIBUTES];
	struct attribute *list[ATTRIBUTES + 1];
	char name[16];
};

static ssize_t show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct node_attribute *a = container_of(attr, struct node_attribute, dev);
	struct emucxl_node node = emucxl_node_snapshot(a->nid);
	u64 value = 0;

	switch (a->what) {
	case CAPACITY:
		value = emucxl_node_capacity(a->nid);
		break;
	case USED:
		value = node.used << PAGE_SHIFT;
		break;
	case HUGE_PAGES:
		value = node.huge << PAGE_SHIFT;
		break;
	case PEAK:
		value = node.peak << PAGE_SHIFT;
		break;
	case MIGRATED_IN:
		value = node.migrated_in << PAGE_SHIFT;
		break;
	case REFUSED:
		value = node.refused;
		break;
	}
	return sysfs_emit(buf, "%llu\n", value);
}

static ssize_t store(struct device *dev, struct device_attribute *attr,
		     const char *buf, size_t count)
{
	struct node_attribute *a = container_of(attr, struct node_attribute, dev);
	u64 bytes = EMUCXL_UNLIMITED;

	if (!sysfs_streq(buf, "default")) {
		char *rest;

		bytes = memparse(buf, &rest);
		if (rest == buf || !(sysfs_streq(rest, "")))
			return -EINVAL;
	}
	emucxl_node_set_capacity(a->nid, bytes);
	return count;
}

static struct node_group *make_group(unsigned int nid)
{
	struct node_group *g;
	unsigned int i;

	if (emucxl_inject_failure())
		return NULL;
	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g)
		return NULL;
	for (i = 0; i < ATTRIBUTES; i++) {
		struct node_attribute *a = &g->attributes[i];

		sysfs_attr_init(&a->dev.attr);
		a->dev.attr.name = names[i];
		a->dev.attr.mode = 0444;
		a->dev.show = show;
		a->nid = nid;
		a->what = i;
		g->list[i] = &a->dev.attr;
	}
	g->attributes[CAPACITY].dev.attr.mode = 0644;
	g->attributes[CAPACITY].dev.store = store;
	snprintf(g->name, sizeof(g->name), "node%u", nid);
	g->group.name = g->name;
	g->group.attrs = g->list;
	return g;
}

const struct attribute_group **emucxl_sysfs_groups(void)
{
	const struct attribute_group **groups;
	int nid, n = 0;

	if (emucxl_inject_failure())
		return NULL;
	groups = kcalloc(nr_node_ids + 1, sizeof(*groups), GFP_KERNEL);
	if (!groups)
		return NULL;
	for_each_node(nid) {
		struct node_group *g = make_group(nid);

		if (!g) {
			emucxl_sysfs_free(groups);
			return NULL;
		}
		groups[n++] = &g->group;
	}
	return groups;
}

void emucxl_sysfs_free(const struct attribute_group **groups)
{
	int i;

	for (i = 0; groups[i]; i++)
		kfree(container_of(groups[i], struct node_group, group));
	kfree(groups);
}
