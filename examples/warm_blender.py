# SPDX-License-Identifier: Apache-2.0
"""Frames of a Blender scene, each a task of its own, up to 50 of them by one Blender that has read the scene once:

    aque submit --warm 50 --range 1-240 -- blender -b scene.blend --python-exit-code 1 -P examples/warm_blender.py

With `--chunk 4` an item is `1-4`. The frames go where the scene says.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["AQUE_CLIENTS"], "python"))
import aque
import bpy


def numbers(item):
    first, _, last = item.partition("-")
    return range(int(first), int(last or first) + 1)


def work(item):
    scene = bpy.context.scene
    folder = scene.render.filepath
    for frame in numbers(item):
        scene.frame_set(frame)
        scene.render.filepath = scene.render.frame_path(frame=frame)
        try:
            bpy.ops.render.render(write_still=True)
        finally:
            scene.render.filepath = folder


aque.serve(work)
