import { broken, met, unknown, type Rule } from '../rule';

export const CONTROL_PLANE: Rule = {
  id: 'DR011',
  title: 'The control plane answers, which a block needs',
  judge(facts) {
    const { controlPlane } = facts;
    if (controlPlane === undefined) {
      return unknown('no cloud key is known: give CONFLUENT_DR_CLOUD_KEY and CONFLUENT_DR_CLOUD_SECRET');
    }
    return controlPlane.answers ? met : broken(controlPlane.told);
  },
};
