// SPDX-License-Identifier: GPL-2.0
/*
 * The address space in which every mapping of the device is found.
 *
 * The device file's own would do, but that one belongs to a file of no length,
 * and the kernel maps no huge page beyond a file's end. This one belongs to an
 * inode of a file system that nobody can mount.
 */
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/mount.h>
#include <linux/pseudo_fs.h>

#include "emucxl.h"

#define EMUCXL_MAGIC	0x656d7578

static int init_fs_context(struct fs_context *fc)
{
	return init_pseudo(fc, EMUCXL_MAGIC) ? 0 : -ENOMEM;
}

/* No owner: the module mounts it itself, and could never go if that held it. */
static struct file_system_type file_system = {
	.name = "emucxl",
	.init_fs_context = init_fs_context,
	.kill_sb = kill_anon_super,
};

static struct vfsmount *mount;
static struct inode *inode;

int emucxl_space_init(void)
{
	if (emucxl_inject_failure())
		return -ENOMEM;
	mount = kern_mount(&file_system);
	if (IS_ERR(mount))
		return PTR_ERR(mount);
	inode = emucxl_inject_failure() ? ERR_PTR(-ENOMEM)
					: alloc_anon_inode(mount->mnt_sb);
	if (IS_ERR(inode)) {
		kern_unmount(mount);
		return PTR_ERR(inode);
	}
	i_size_write(inode, MAX_LFS_FILESIZE);
	return 0;
}

void emucxl_space_exit(void)
{
	iput(inode);
	kern_unmount(mount);
}

struct address_space *emucxl_space(void)
{
	return inode->i_mapping;
}
