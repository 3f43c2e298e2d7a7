"""Names under which libraries of vision and speech offer weights and datasets."""

TORCHVISION = frozenset(
    """resnet18 resnet34 resnet50 resnet101 resnet152 vgg11 vgg13 vgg16 vgg19 alexnet densenet121 densenet161
    densenet169 densenet201 mobilenet_v2 mobilenet_v3_small mobilenet_v3_large efficientnet_b0 efficientnet_b1
    efficientnet_b2 efficientnet_b3 efficientnet_b4 efficientnet_b5 efficientnet_b6 efficientnet_v2_m
    efficientnet_v2_l resnext101_32x8d resnext101_64x4d wide_resnet101_2 vgg11_bn vgg13_bn vgg16_bn vgg19_bn
    vit_l_32 vit_h_14 swin_s swin_v2_t swin_v2_s swin_v2_b convnext_small convnext_large mnasnet0_5 mnasnet1_0
    maxvit_t fasterrcnn_resnet50_fpn_v2 fasterrcnn_mobilenet_v3_large_fpn maskrcnn_resnet50_fpn_v2
    ssdlite320_mobilenet_v3_large fcos_resnet50_fpn fcn_resnet101 r2plus1d_18 mc3_18 raft_large efficientnet_b7
    efficientnet_v2_s inception_v3 googlenet squeezenet1_0 squeezenet1_1 shufflenet_v2_x1_0 resnext50_32x4d
    wide_resnet50_2 regnet_y_400mf vit_b_16 vit_b_32 vit_l_16 swin_t swin_b convnext_tiny convnext_base r3d_18
    fasterrcnn_resnet50_fpn maskrcnn_resnet50_fpn keypointrcnn_resnet50_fpn retinanet_resnet50_fpn ssd300_vgg16
    fcn_resnet50 deeplabv3_resnet50 deeplabv3_resnet101""".split()
)

KERAS = frozenset(
    """ResNet50 ResNet101 ResNet152 ResNet50V2 ResNet101V2 VGG16 VGG19 InceptionV3 InceptionResNetV2 Xception
    MobileNet MobileNetV2 MobileNetV3Small MobileNetV3Large DenseNet121 DenseNet169 DenseNet201 NASNetMobile
    NASNetLarge EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB5 EfficientNetB6 EfficientNetV2B1
    EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2M EfficientNetV2L ConvNeXtSmall ConvNeXtLarge ResNet152V2
    EfficientNetB3 EfficientNetB4 EfficientNetB7 EfficientNetV2B0 EfficientNetV2S ConvNeXtTiny ConvNeXtBase""".split()
)

DATASETS = frozenset(
    """CIFAR10 CIFAR100 MNIST FashionMNIST KMNIST EMNIST QMNIST Omniglot ImageNet CelebA CocoDetection CocoCaptions
    VOCDetection VOCSegmentation Cityscapes Places365 SVHN STL10 Flowers102 Food101 OxfordIIITPet StanfordCars Kinetics
    UCF101 HMDB51 LSUN Caltech101 Caltech256 INaturalist LFWPeople LFWPairs WIDERFace""".split()
)

SPEECH = frozenset("LIBRISPEECH LIBRITTS SPEECHCOMMANDS COMMONVOICE VCTK_092 LJSPEECH GTZAN TEDLIUM".split())
