import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { publishedNames } from "../../../src/bot/promotions/published-names.ts";
import { listPromotions } from "../../../src/store/promotions.ts";
import { changed, edgePath } from "../../fixtures/bot/streams-repository.ts";
import { image } from "../fake-cluster.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.end());

const pointerPath = (channel: string) => `streams/channels/${channel}/release.yaml`;
const pointer = (channel: string, name: string) => `apiVersion: streams.okd.io/v1alpha1
kind: ChannelRelease
metadata:
  name: ${channel}
spec:
  name: ${name}
  stream: edge
  release: 4.21.0-0.okd-scos-edge-2026-01-01-000000
  pullSpec: ${image["pull-spec"]}
  digest: ${image["image-digest"]}
  promotion:
    requestedBy: ada
`;
const hold = (channel: string, name: string) =>
  world.push(pointerPath(channel), pointer(channel, name));

async function names(): Promise<readonly string[]> {
  await world.mirror.fetch();
  const head = world.git.git("rev-parse", "main");
  return [...(await publishedNames(world.bot, await world.repository(), head))].toSorted();
}

describe("the published names", () => {
  test("are none where no channel ever held a release", async () => {
    expect(await names()).toEqual([]);
  });

  test("are all that channels ever held, whatever they hold now", async () => {
    hold("quiet", "4.21.0-okd-scos.quiet.8");
    hold("quiet", "4.21.0-okd-scos.quiet.9");
    hold("quiet", "4.21.0-okd-scos.quiet.3");
    hold("next", "4.21.0-okd-scos.next.0");
    expect(await names()).toEqual([
      "4.21.0-okd-scos.next.0",
      "4.21.0-okd-scos.quiet.3",
      "4.21.0-okd-scos.quiet.8",
      "4.21.0-okd-scos.quiet.9",
    ]);
  });

  test("are also those of a channel that is gone, and of one that is not valid", async () => {
    hold("quiet", "4.21.0-okd-scos.quiet.5");
    hold("next", "4.21.0-okd-scos.next.6");
    world.git.git("rm", "-r", "--quiet", "streams/channels/quiet");
    world.push("streams/channels/next/channel.yaml", "kind: Channel\n");
    expect(await names()).toEqual(["4.21.0-okd-scos.next.6", "4.21.0-okd-scos.quiet.5"]);
  });

  test("do not end at an old version that names nothing or is no YAML", async () => {
    hold("quiet", "4.21.0-okd-scos.quiet.1");
    world.push(pointerPath("quiet"), "spec: [unclosed");
    world.push(pointerPath("quiet"), "spec: {}\n");
    world.push(pointerPath("quiet"), "a: &a [1]\nb: *nobody\n");
    expect(await names()).toEqual(["4.21.0-okd-scos.quiet.1"]);
  });
});

test("a name that only git remembers is not handed out again", async () => {
  hold("next", "4.21.0-okd-scos.next.9");
  hold("next", "4.21.0-okd-scos.next.4");
  world.git.git("rm", "--quiet", pointerPath("next"));
  world.git.commit("Empty the channel");
  world.gitHub.roles.set("ada", "write");
  await world.merge(edgePath, changed(edgePath, "branch: master", "branch: other"));
  await world.release();
  await world.say("ada", 7, "/promote latest to next");
  expect(await listPromotions(world.bot.db, {}, 10)).toMatchObject([
    { channel: "next", targetName: "4.21.0-okd-scos.next.10" },
  ]);
});
